"""Functions read bodies by schemas; here the Pydantic models that the schemas come from judge the same bodies."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Annotated, Any, Literal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from reelwright.api.request_schema import shaped
from reelwright.api.schema import Reader
from reelwright.api.strict_json import loads
from reelwright.api.video_request import Axis, Share, VideoRequest
from reelwright.domain.errors import MalformedRequest
from tests.unit.api.near_schema import STRANGE, near, written
from tools.openapi.request_shape import SHAPES
from tools.openapi.understood import understood

SCHEMA = VideoRequest.model_json_schema()
FOX: dict[str, Any] = {"type": "text_to_video", "model": "kling-v2-6", "prompt": "a fox"}
MOST_METADATA = 16
EAGER = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


class Leaf(BaseModel):
    """A part with a fixed word."""

    model_config = ConfigDict(extra="forbid", strict=True)
    kind: Literal["leaf"] = "leaf"
    share: Share = Field(Decimal(1), json_schema_extra={"default": 1})


class Other(BaseModel):
    """What our requests do not have yet: lists, constants, lists of parts."""

    model_config = ConfigDict(extra="forbid", strict=True, regex_engine="python-re")
    word: Annotated[str, StringConstraints(pattern=r"^a+$")] | None = None
    leaves: Annotated[list[Leaf], Field(min_length=1, max_length=2)]
    counts: dict[str, int] = Field(default_factory=dict, json_schema_extra={"default": {}})
    axis: Axis = Decimal(0)


def outcome(model: type[BaseModel], value: object) -> tuple[str, set[str]]:
    """The model's values, or where it finds faults."""
    try:
        return repr(model.model_validate(value).model_dump()), set()
    except ValidationError as error:
        return "", {pointer(one["loc"]) for one in error.errors()}


def pointer(location: tuple[int | str, ...]) -> str:
    """Pydantic's location as a JSON pointer; its marker for a key of a map is not part of it."""
    parts = location[:-1] if location[-1:] == ("[key]",) else location
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def ours(value: object, faults: Any) -> tuple[str, set[str]]:
    """The same of what our reader gave."""
    return ("", {one.pointer for one in faults}) if faults else (repr(plain(value)), set())


def plain(value: object) -> Any:
    """Namespaces as dicts."""
    if isinstance(value, SimpleNamespace):
        return {name: plain(one) for name, one in vars(value).items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def compared(found: tuple[str, set[str]], body: object) -> tuple[str, set[str]]:
    """In a map with too many entries the model counts the good ones only; we say that it is too long, and no more."""
    metadata = body.get("metadata") if isinstance(body, dict) else None
    if not isinstance(metadata, dict) or len(metadata) <= MOST_METADATA:
        return found
    return found[0], {"/metadata" if one.startswith("/metadata/") else one for one in found[1]}


def received(text: str) -> Any:
    """What the edge makes of a text; None when it is refused before any shape is looked at."""
    try:
        return loads(text.encode(errors="surrogatepass"))
    except MalformedRequest:
        return None


@EAGER
@given(body=near(SCHEMA, SCHEMA))
@example(body=FOX | {"duration": Decimal("5.0")})
@example(body=FOX | {"duration": True, "sound": 1, "cfg_scale": False})
@example(body=FOX | {"cfg_scale": Decimal("1E-19"), "priority": 10**19})
@example(body=FOX | {"prompt": "\x1c\x1d", "metadata": {"": "", "k" * 65: 1, "a/b~": "v" * 513}})
@example(body=FOX | {"metadata": {str(number): number for number in range(17)}, "mode": 5})
@example(body=FOX | {"camera_control": {"type": "simple", "config": {"zoom": -11, "": {}}}, "~/": None})
@example(body=FOX | {"camera_control": {"config": None}, "image": "", "mode": None, "model": "x" * 65})
@example(body={"prompt": [[]], "type": {}, "model": None, "metadata": []})
def test_a_body_is_to_submit_what_it_is_to_the_model(body: object) -> None:
    """Both accept it with the same values of the same types, or both refuse it at the same places."""
    value = received(written(body))
    if value is not None:
        assert ours(*shaped("video_request", value)) == compared(outcome(VideoRequest, value), value)


@EAGER
@given(changes=st.dictionaries(st.sampled_from(sorted(SCHEMA["properties"])), STRANGE, max_size=3))
def test_a_strange_field_is_to_submit_what_it_is_to_the_model(changes: dict[str, Any]) -> None:
    """The same, with a good body around the strange fields."""
    value = received(written(FOX | changes))
    if value is not None:
        assert ours(*shaped("video_request", value)) == compared(outcome(VideoRequest, value), value)


@EAGER
@given(drawn=st.data())
@pytest.mark.parametrize("shape", sorted(SHAPES.keys() - {"video_request"}))
def test_a_small_body_is_to_its_function_what_it_is_to_the_model(shape: str, drawn: st.DataObject) -> None:
    """The same of every other shape."""
    schema = SHAPES[shape].model_json_schema()
    value = received(written(drawn.draw(near(schema, schema))))
    if value is not None:
        assert ours(*shaped(shape, value)) == outcome(SHAPES[shape], value)


@EAGER
@given(body=near(Other.model_json_schema(), Other.model_json_schema()))
def test_the_reader_knows_all_that_the_build_lets_through(body: object) -> None:
    """Lists, constants and optional patterns, which today's requests lack, are read like the model's too."""
    reader = Reader(understood(Other.model_json_schema()))
    value = received(written(body))
    if value is not None:
        assert ours(reader.read(value), reader.faults) == outcome(Other, value)


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"type": "audio"}, "must be one of text_to_video, image_to_video"),
        ({"type": 5}, "must be one of text_to_video, image_to_video"),
        ({"duration": 61}, "must be from 1 to 60"),
        ({"duration": "5"}, "must be a whole number"),
        ({"prompt": ""}, "it must have from 1 to 2500 characters"),
        ({"prompt": " "}, r"must match the expression \S"),
        ({"negative_prompt": "x" * 2501}, "it must have at most 2500 characters"),
        ({"sound": 1}, "must be true or false"),
        ({"metadata": {"k" * 65: ""}}, "the name must have from 1 to 64 characters"),
        ({"metadata": {str(number): "" for number in range(17)}}, "it must have at most 16 entries"),
        ({"camera_control": {}}, "is missing"),
        ({"camera_control": {"type": "simple", "speed": 1}}, "there is no such field; there are type, config"),
    ],
)
def test_a_fault_says_what_would_be_right(change: dict[str, Any], detail: str) -> None:
    """The words name what is allowed and repeat nothing that was sent."""
    _, faults = shaped("video_request", FOX | change)
    assert [one.detail for one in faults] == [detail]
