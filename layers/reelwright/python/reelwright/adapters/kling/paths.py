"""Where each kind of generation lives in Kling's legacy standard (Kling API contract, legacy endpoints)."""

from typing import Final
from urllib.parse import quote

OMNI_MODELS: Final = frozenset({"kling-v3-omni", "kling-video-o1"})
_PRODUCTS: Final = {"text_to_video": "text2video", "image_to_video": "image2video"}


def create_path(generation_type: str, model: str) -> str:
    """The path to create tasks at, and to look them up below."""
    product = "omni-video" if model in OMNI_MODELS else _PRODUCTS[generation_type]
    return f"/v1/videos/{product}"


def task_path(generation_type: str, model: str, ref: str) -> str:
    """The path of one task by its task id or external id."""
    return f"{create_path(generation_type, model)}/{quote(ref, safe='')}"
