"""The shapes of the catalogue."""

from pydantic import BaseModel, ConfigDict

from tools.openapi.schemas import Amount, Kind

_STRICT = ConfigDict(extra="forbid")


class Sound(BaseModel):
    """The modes in which the model makes sound."""

    model_config = _STRICT
    modes: list[str]


class EndFrame(BaseModel):
    """When `image_tail` works."""

    model_config = _STRICT
    modes: list[str]
    durations: list[int]
    without_image: bool
    with_sound: bool


class Camera(BaseModel):
    """When `camera_control` works, and which types of it."""

    model_config = _STRICT
    type: Kind
    mode: str
    duration: int
    types: list[str]


class Features(BaseModel):
    """What the model can do besides; null or false means that it cannot."""

    model_config = _STRICT
    sound: Sound | None
    image_tail: EndFrame | None
    camera_control: Camera | None
    cfg_scale: bool
    negative_prompt: bool


class Price(BaseModel):
    """The price of a second, or of a clip of `duration` seconds."""

    model_config = _STRICT
    mode: str | None
    sound: bool
    per: str
    duration: int | None
    units: Amount
    usd: Amount


class Model(BaseModel):
    """One of Kling's models."""

    model_config = _STRICT
    id: str
    types: list[Kind]
    modes: list[str]
    default_mode: str | None
    durations: list[int]
    aspect_ratios: list[str]
    features: Features
    prices: list[Price]


class Models(BaseModel):
    """The catalogue."""

    model_config = _STRICT
    models: list[Model]
