"""What the end-to-end tests ask for."""

from typing import Any

NEXT_PAIR = ("AKNEXT", "the-secret-key-that-is-given-out-next")
"""A key pair of Kling's that is good as well, as while keys are rotated."""


def order(prompt: str, **more: object) -> dict[str, Any]:
    """A short video by the cheapest current model."""
    return {"type": "text_to_video", "model": "kling-v2-6", "prompt": prompt, "duration": 5, "mode": "std"} | more
