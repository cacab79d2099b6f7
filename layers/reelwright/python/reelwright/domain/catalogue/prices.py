"""What a generation costs in video units (Kling price book of 2026-09-20)."""

from decimal import Decimal
from typing import Final

SILENT: Final = False
SOUND: Final = True

PER_SECOND: Final[dict[str, dict[tuple[str, bool], Decimal]]] = {
    "kling-v3": {
        ("std", SILENT): Decimal("0.6"),
        ("pro", SILENT): Decimal("0.8"),
        ("4k", SILENT): Decimal("3.0"),
        ("std", SOUND): Decimal("0.9"),
        ("pro", SOUND): Decimal("1.2"),
        ("4k", SOUND): Decimal("3.0"),
    },
    "kling-v3-omni": {
        ("std", SILENT): Decimal("0.6"),
        ("pro", SILENT): Decimal("0.8"),
        ("4k", SILENT): Decimal("3.0"),
        ("std", SOUND): Decimal("0.8"),
        ("pro", SOUND): Decimal("1.0"),
        ("4k", SOUND): Decimal("3.0"),
    },
    "kling-video-o1": {("std", SILENT): Decimal("0.6"), ("pro", SILENT): Decimal("0.8")},
    "kling-v2-6": {
        ("std", SILENT): Decimal("0.3"),
        ("pro", SILENT): Decimal("0.5"),
        ("pro", SOUND): Decimal("1.0"),
    },
    "kling-v2-5-turbo": {("std", SILENT): Decimal("0.3"), ("pro", SILENT): Decimal("0.5")},
}
"""Model → (mode, sound) → units a second."""

_Clips = dict[str | None, dict[int, Decimal]]

_CLIPS: Final[_Clips] = {"std": {5: Decimal(2), 10: Decimal(4)}, "pro": {5: Decimal("3.5"), 10: Decimal(7)}}
_MASTER: Final[_Clips] = {None: {5: Decimal(10), 10: Decimal(20)}}

PER_CLIP: Final[dict[str, _Clips]] = {
    "kling-v1": {"std": {5: Decimal(1), 10: Decimal(2)}, "pro": _CLIPS["pro"]},
    "kling-v1-5": {**_CLIPS},
    "kling-v1-6": {**_CLIPS},
    "kling-v2-1": {**_CLIPS},
    "kling-v2-master": {**_MASTER},
    "kling-v2-1-master": {**_MASTER},
}
"""Model → mode → seconds → units a clip."""


def units(model: str, mode: str | None, *, sound: bool, duration: int) -> Decimal:
    """Look the price up in video units; KeyError for what the price book does not know."""
    if model in PER_CLIP:
        return PER_CLIP[model][mode][duration]
    return PER_SECOND[model][mode or "", sound] * duration
