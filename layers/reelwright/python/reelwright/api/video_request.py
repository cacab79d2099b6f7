"""The body of `POST /v1/videos` and `POST /v1/estimates`: the one place where its shape is said.

Functions read bodies by the JSON Schema of it (`api.request_schema`) and never import this module, nor is it packaged.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

MAX_PROMPT = 2500
_STRICT = ConfigDict(frozen=True, extra="forbid", strict=True, regex_engine="python-re")


def _decimal(value: object) -> object:
    """JSON numbers only: `true` and `"0.5"` are not numbers."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _number_schema(lowest: int, highest: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "number", "minimum": lowest, "maximum": highest})


_RANGE = Field(ge=-10, le=10, json_schema_extra={"default": 0})  # else the default would be shown as text
Axis = Annotated[Decimal, BeforeValidator(_decimal), _RANGE, _number_schema(-10, 10)]
Share = Annotated[Decimal, BeforeValidator(_decimal), Field(ge=0, le=1), _number_schema(0, 1)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Value = Annotated[str, StringConstraints(max_length=512)]
Image = Annotated[str, StringConstraints(min_length=1, max_length=5_900_000)]


class CameraMoves(BaseModel):
    """How far the camera goes along each axis; exactly one differs from 0."""

    model_config = _STRICT

    horizontal: Axis = Decimal(0)
    vertical: Axis = Decimal(0)
    pan: Axis = Decimal(0)
    tilt: Axis = Decimal(0)
    roll: Axis = Decimal(0)
    zoom: Axis = Decimal(0)


class CameraControl(BaseModel):
    """A camera movement; `config` goes with type `simple` alone."""

    model_config = _STRICT

    type: Literal["simple", "down_back", "forward_up", "right_turn_forward", "left_turn_forward"]
    config: CameraMoves | None = None


class VideoRequest(BaseModel):
    """What to make. `GET /v1/models` tells what each model can do and costs."""

    model_config = _STRICT

    type: Literal["text_to_video", "image_to_video"]
    model: Word = Field(description="A model's id, as `GET /v1/models` lists them.")
    prompt: Annotated[str, StringConstraints(min_length=1, max_length=MAX_PROMPT, pattern=r"\S")]
    negative_prompt: Annotated[str, StringConstraints(max_length=MAX_PROMPT)] = ""
    image: Image | None = Field(
        None, description="First frame: an https address, or a JPEG or PNG of at most 4 MiB in base64."
    )
    image_tail: Image | None = Field(None, description="Last frame, in the same forms as image.")
    duration: int = Field(5, ge=1, le=60, description="Seconds.")
    mode: Word | None = None
    aspect_ratio: Word | None = None
    sound: bool = False
    cfg_scale: Share | None = None
    camera_control: CameraControl | None = None
    metadata: Annotated[dict[Word, Value], Field(max_length=16)] = Field(
        default_factory=dict,
        description="Yours: given back with the video, never sent to Kling.",
        json_schema_extra={"default": {}},
    )
    priority: int = Field(0, ge=-10, le=10, description="Among your own queued videos, higher goes first.")
    expires_in: int | None = Field(
        None, ge=60, le=604_800, description="Seconds after which a video that is still queued expires, unpaid."
    )
