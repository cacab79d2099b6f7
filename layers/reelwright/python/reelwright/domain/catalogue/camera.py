"""Rules on `camera_control` (Kling API contract, camera control)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from reelwright.domain.catalogue.model import CAMERA_AXES, Camera, Model
from reelwright.domain.catalogue.wording import either
from reelwright.domain.errors import FieldError
from reelwright.domain.generation import Generation

FURTHEST = 10
"""A movement's strength lies between minus this and this."""


def camera(model: Model, wish: Generation, mode: str | None) -> Iterator[FieldError]:
    """Demand that the model has a camera for this type, mode and length, and the movement is well formed."""
    if wish.camera_control is None:
        return
    if model.camera is None:
        yield FieldError("/camera_control", f"{model.id} has no camera control")
        return
    if (wish.type, mode, wish.duration) != (model.camera.type, model.camera.mode, model.camera.duration):
        yield FieldError("/camera_control", _offer(model.id, model.camera))
    yield from _movement(model, model.camera, wish.camera_control)


def _offer(name: str, rule: Camera) -> str:
    return f"{name} has camera control for {rule.type} in mode {rule.mode} with {rule.duration} s only"


def _movement(model: Model, rule: Camera, control: Mapping[str, object]) -> Iterator[FieldError]:
    movement, config = control.get("type"), control.get("config")
    if movement not in rule.kinds:
        yield FieldError("/camera_control/type", f"{model.id} offers {either(rule.kinds)}")
    elif movement != "simple":
        if config is not None:
            yield FieldError("/camera_control/config", f"config goes with type simple, not with {movement}")
    elif not isinstance(config, Mapping) or not config:
        yield FieldError("/camera_control/config", f"type simple needs a config with one of {either(CAMERA_AXES)}")
    else:
        yield from _axes(config)


def _axes(config: Mapping[object, object]) -> Iterator[FieldError]:
    moved = 0
    for axis, strength in config.items():
        if axis not in CAMERA_AXES:
            yield FieldError("/camera_control/config", f"config knows {either(CAMERA_AXES)}")
        elif not _in_range(strength):
            yield FieldError(f"/camera_control/config/{axis}", f"a number from -{FURTHEST} to {FURTHEST}")
        else:
            moved += bool(strength)
    if moved != 1:
        yield FieldError("/camera_control/config", "exactly one movement may differ from 0")


def _in_range(strength: object) -> bool:
    if isinstance(strength, bool) or not isinstance(strength, int | Decimal):
        return False
    return -FURTHEST <= strength <= FURTHEST
