"""Kling's price book for the legacy video models, in video units (Kling API contract, price book)."""

from decimal import Decimal
from typing import Final

PER_SECOND: Final[dict[tuple[str, str, str], str]] = {
    ("kling-v3", "silent", "720p"): "0.6",
    ("kling-v3", "silent", "1080p"): "0.8",
    ("kling-v3", "silent", "4k"): "3.0",
    ("kling-v3", "sound", "720p"): "0.9",
    ("kling-v3", "sound", "1080p"): "1.2",
    ("kling-v3", "sound", "4k"): "3.0",
    ("kling-v2-6", "silent", "720p"): "0.3",
    ("kling-v2-6", "silent", "1080p"): "0.5",
    ("kling-v2-6", "sound", "1080p"): "1.0",
    ("kling-v2-6", "voice", "1080p"): "1.2",
    ("kling-v2-5-turbo", "silent", "720p"): "0.3",
    ("kling-v2-5-turbo", "silent", "1080p"): "0.5",
}

# Units of a 5 s clip; a 10 s clip costs twice as much.
PER_CLIP: Final[dict[tuple[str, str], str]] = {
    ("kling-v1", "std"): "1",
    ("kling-v1", "pro"): "3.5",
    ("kling-v1-5", "std"): "2",
    ("kling-v1-5", "pro"): "3.5",
    ("kling-v1-6", "std"): "2",
    ("kling-v1-6", "pro"): "3.5",
    ("kling-v2-1", "std"): "2",
    ("kling-v2-1", "pro"): "3.5",
    ("kling-v2-master", ""): "10",
    ("kling-v2-1-master", ""): "10",
}


def units(model: str, mode: str, resolution: str, variant: str, seconds: int) -> Decimal:
    """Return what a clip costs; `variant` is silent, sound or voice."""
    if (model, mode) in PER_CLIP:
        return Decimal(PER_CLIP[model, mode]) * seconds / 5
    same_as_sound = variant == "voice" and (model, variant, resolution) not in PER_SECOND
    return Decimal(PER_SECOND[model, "sound" if same_as_sound else variant, resolution]) * seconds


def written(amount: Decimal) -> str:
    """Return the amount as Kling writes it: plain digits, no trailing zeros."""
    return format(amount.normalize(), "f")
