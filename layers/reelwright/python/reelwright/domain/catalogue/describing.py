"""The catalogue as a client sees it."""

from collections.abc import Iterator
from decimal import Decimal

from reelwright.domain.catalogue.model import ASPECT_RATIOS, Camera, EndFrame, Model
from reelwright.domain.catalogue.models import MODELS
from reelwright.domain.catalogue.prices import PER_CLIP, PER_SECOND
from reelwright.domain.generation import JobType
from reelwright.domain.money import Cost


def describe() -> list[dict[str, object]]:
    """Every model with types, modes, durations, features and prices, ready for JSON."""
    return [_model(model) for model in MODELS.values()]


def _model(model: Model) -> dict[str, object]:
    return {
        "id": model.id,
        "types": [str(kind) for kind in model.types],
        "modes": list(model.modes),
        "default_mode": model.default_mode,
        "durations": list(model.durations),
        "aspect_ratios": list(ASPECT_RATIOS) if JobType.TEXT_TO_VIDEO in model.types else [],
        "features": _features(model),
        "prices": list(_prices(model.id)),
    }


def _features(model: Model) -> dict[str, object]:
    return {
        "sound": {"modes": list(model.sound_modes)} if model.sound_modes else None,
        "image_tail": _end_frame(model.end_frame, sound=bool(model.sound_modes)),
        "camera_control": _camera(model.camera),
        "cfg_scale": model.cfg_scale,
        "negative_prompt": model.negative_prompt,
    }


def _end_frame(rule: EndFrame | None, *, sound: bool) -> dict[str, object] | None:
    if rule is None:
        return None
    offer = {"modes": list(rule.modes), "durations": list(rule.durations)}
    return {**offer, "without_image": rule.alone, "with_sound": sound and not rule.silent}


def _camera(rule: Camera | None) -> dict[str, object] | None:
    if rule is None:
        return None
    return {"type": str(rule.type), "mode": rule.mode, "duration": rule.duration, "types": list(rule.kinds)}


def _prices(model: str) -> Iterator[dict[str, object]]:
    for (mode, sound), units in PER_SECOND.get(model, {}).items():
        yield _price(mode, units, sound=sound, per="second", seconds=None)
    for clip_mode, clips in PER_CLIP.get(model, {}).items():
        for seconds, units in clips.items():
            yield _price(clip_mode, units, sound=False, per="clip", seconds=seconds)


def _price(mode: str | None, units: Decimal, *, sound: bool, per: str, seconds: int | None) -> dict[str, object]:
    return {"mode": mode, "sound": sound, "per": per, "duration": seconds, **Cost(units).as_strings()}
