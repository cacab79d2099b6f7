"""What a model cannot do is refused with 1201: sound, end frame, camera, masks, voices, elements, cfg_scale."""

from tests.simulators.kling import fields
from tests.simulators.kling.errors import bad_value
from tests.simulators.kling.models import IMAGE, Feature
from tests.simulators.kling.order import Order
from tests.simulators.kling.wire import Json

CAMERA_TYPES = ("simple", "down_back", "forward_up", "right_turn_forward", "left_turn_forward")
CAMERA_AXES = ("horizontal", "vertical", "pan", "tilt", "roll", "zoom")
CAMERA_REACH = 10
TRAJECTORY = range(2, 78)


def check(body: Json, order: Order) -> None:
    """Raise 1201 for the first feature that the model does not have in this mode and duration."""
    _sound(body, order)
    _cfg_scale(body, order)
    _elements(body, order)
    _camera(body, order)
    if order.product == IMAGE:
        _end_frame(body, order)
        _masks(body, order)
        _one_guide(body)


def _allowed(feature: Feature, order: Order, name: str) -> None:
    if not feature.allows(order.product, order.mode, order.seconds):
        raise bad_value(f"{name} is not supported by {order.model.name} with this mode and duration")


def _sound(body: Json, order: Order) -> None:
    if order.sound:
        _allowed(order.model.sound, order, "sound")
    if order.voices and not (order.sound and order.model.voices):
        raise bad_value("voice_list needs sound on and a model with voices")
    if not all(isinstance(item.get("voice_id"), str) for item in fields.items(body, "voice_list", 2)):
        raise bad_value("voice_list items need a voice_id")


def _cfg_scale(body: Json, order: Order) -> None:
    value = body.get("cfg_scale")
    if value is None:
        return
    if not order.model.cfg_scale:
        raise bad_value(f"cfg_scale is not supported by {order.model.name}")
    if not fields.is_number(value) or not 0 <= value <= 1:
        raise bad_value("cfg_scale must be between 0 and 1")


def _elements(body: Json, order: Order) -> None:
    elements = body.get("element_list")
    if not elements:
        return
    if order.model.elements == 0 or order.product != IMAGE or order.voices:
        raise bad_value("element_list is not supported here")
    fields.items(body, "element_list", order.model.elements)


def _camera(body: Json, order: Order) -> None:
    if not (camera := fields.mapping(body, "camera_control")):
        return
    _allowed(order.model.camera, order, "camera_control")
    kind = fields.choice(camera, "type", CAMERA_TYPES, "")
    if kind == "simple":
        _camera_config(fields.mapping(camera, "config"))
    elif order.model.camera.simple_only or "config" in camera:
        raise bad_value("camera_control: this type takes no config or is not supported")


def _camera_config(config: Json) -> None:
    values = [config.get(axis, 0) for axis in CAMERA_AXES]
    if not all(fields.is_number(value) and abs(value) <= CAMERA_REACH for value in values):
        raise bad_value("camera_control.config values must be between -10 and 10")
    if set(config) - set(CAMERA_AXES) or sum(value != 0 for value in values) != 1:
        raise bad_value("camera_control.config needs exactly one non-zero value")


def _end_frame(body: Json, order: Order) -> None:
    if not body.get("image_tail"):
        return
    _allowed(order.model.end_frame, order, "image_tail")
    if order.sound and order.model.name == "kling-v2-6":
        raise bad_value("image_tail needs sound off with kling-v2-6")
    if not body.get("image") and not order.model.tail_only:
        raise bad_value(f"image is required by {order.model.name}")


def _masks(body: Json, order: Order) -> None:
    dynamic = fields.items(body, "dynamic_masks", 6)
    if dynamic or body.get("static_mask"):
        _allowed(order.model.masks, order, "masks")
    if not all(len(fields.items(mask, "trajectories", TRAJECTORY.stop)) in TRAJECTORY for mask in dynamic):
        raise bad_value("dynamic_masks need 2 to 77 trajectory points")


def _one_guide(body: Json) -> None:
    masks = body.get("static_mask") or body.get("dynamic_masks")
    if sum(bool(guide) for guide in (body.get("image_tail"), masks, body.get("camera_control"))) > 1:
        raise bad_value("image_tail, masks and camera_control exclude each other")
