"""From a create body to an order, or to the error that Kling answers."""

from dataclasses import replace
from urllib.parse import urlsplit

from tests.simulators.kling import features, fields, images
from tests.simulators.kling.errors import KlingError, bad_value
from tests.simulators.kling.models import IMAGE, MODELS, TEXT, Model
from tests.simulators.kling.order import Order
from tests.simulators.kling.wire import Json

PROMPT_LIMIT = 2500
SHOT_PROMPT_LIMIT = 512
MAX_SHOTS = 6
RATIOS = ("16:9", "9:16", "1:1")


def read_order(product: str, body: Json) -> Order:
    """Return the order in `body`; raises 1203 for an unknown model, 1201 for any bad value."""
    model = _model(product, body)
    seconds = _seconds(model, body)
    order = Order(
        product=product,
        model=model,
        mode=_mode(model, body),
        seconds=seconds,
        prompt=_prompt(model, body, seconds),
        aspect_ratio=fields.choice(body, "aspect_ratio", RATIOS, "16:9") if product == TEXT else "16:9",
        sound=fields.choice(body, "sound", ("on", "off"), "off") == "on",
        voices=bool(fields.items(body, "voice_list", 2)),
        external_id=fields.text(body, "external_task_id"),
        callback_url=_callback_url(body),
        watermark=fields.flag(fields.mapping(body, "watermark_info"), "enabled"),
    )
    fields.text(body, "negative_prompt", PROMPT_LIMIT)
    features.check(body, order)
    return _with_images(body, order) if product == IMAGE else order


def _model(product: str, body: Json) -> Model:
    """Return the asked model; `model` is the tolerated old name of the field, kling-v1 the default."""
    name = fields.text(body, "model_name") or fields.text(body, "model") or "kling-v1"
    if name not in MODELS:
        raise KlingError(1203, f"Model {name} does not exist")
    if product not in MODELS[name].products:
        raise bad_value(f"model_name {name} is not supported by {product}")
    return MODELS[name]


def _mode(model: Model, body: Json) -> str:
    if not model.modes:
        if body.get("mode") is not None:
            raise bad_value(f"mode is not supported by {model.name}")
        return ""
    return fields.choice(body, "mode", model.modes, "std")


def _seconds(model: Model, body: Json) -> int:
    """Return the duration, which travels as a string."""
    allowed = tuple(str(seconds) for seconds in model.durations)
    return int(fields.choice(body, "duration", allowed, "5"))


def _prompt(model: Model, body: Json, seconds: int) -> str:
    """Return the prompt, put together from the shots where they replace it."""
    prompt = fields.text(body, "prompt", PROMPT_LIMIT)
    if fields.flag(body, "multi_shot"):
        if not model.multi_shot:
            raise bad_value(f"multi_shot is not supported by {model.name}")
        if fields.choice(body, "shot_type", ("customize", "intelligence"), "") == "customize":
            return _shots(body, seconds)
    if not prompt.strip():
        raise bad_value("prompt is required")
    return prompt


def _shots(body: Json, seconds: int) -> str:
    shots = fields.items(body, "multi_prompt", MAX_SHOTS)
    prompts = [fields.text(shot, "prompt", SHOT_PROMPT_LIMIT) for shot in shots]
    lengths = [fields.text(shot, "duration") for shot in shots]
    if not all(length.isdecimal() and int(length) >= 1 for length in lengths) or not all(prompts):
        raise bad_value("multi_prompt needs a prompt and a duration of at least 1 for every shot")
    if sum(int(length) for length in lengths) != seconds:
        raise bad_value("multi_prompt durations must add up to duration")
    return "; ".join(prompts)


def _callback_url(body: Json) -> str:
    url = fields.text(body, "callback_url")
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc):
        raise bad_value("callback_url is not a valid URL")
    return url


def _with_images(body: Json, order: Order) -> Order:
    """Return the order with what its images decide: the shape of the clip and a failure to come."""
    given = {name: value for name in ("image", "image_tail") if (value := fields.text(body, name))}
    if not given:
        raise bad_value("image or image_tail is required")
    sizes = [images.image_size(value, name) for name, value in given.items()]
    faults = [fault for size in sizes if (fault := images.size_fault(size))]
    return replace(order, aspect_ratio=images.nearest_ratio(sizes[0]), image_fault=faults[0] if faults else "")
