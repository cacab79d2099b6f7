import base64
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reelwright.api.reading import read
from reelwright.domain.errors import ClientError, MalformedRequest
from tests.unit.api.conftest import World
from tests.unit.api.events import CONTEXT, event

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")
FOX: dict[str, Any] = {"type": "text_to_video", "model": "kling-v2-6", "prompt": "a fox"}
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.characters(categories=["Cs"])
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4))
FIELDS = ["type", "model", "prompt", "image", "duration", "mode", "sound", "cfg_scale", "camera_control", "metadata"]


def outcome(body: Any, **options: Any) -> int:
    """200 when the body is read, else the status of the refusal; anything else is a bug and raises."""
    try:
        read(event("POST", "/v1/videos", body, **options))
    except ClientError as error:
        return error.status
    return 200


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"text"',
        "{}",
        "\ufeff{}",
        '{"prompt": "\ud800"}',
        '{"prompt": "\\ud800"}',
        '{"a\\udfff": 1}',
        '{"type": NaN}',
        '{"cfg_scale": -Infinity}',
        '{"duration": 1' + "0" * 5000 + "}",
        '{"cfg_scale": 1e999999999}',
        '{"cfg_scale": 1e-99999999999999999999999}',
        '{"prompt": "a", "prompt": "b"}',
        "[" * 100_000,
        '{"a":' * 50_000,
        '{"metadata":{"k":' * 2000 + "1" + "}}" * 2000,
        "\x00",
    ],
)
def test_what_is_no_request_is_malformed(text: str) -> None:
    """Broken text, broken JSON, broken Unicode, absurd numbers and depths all end in 400."""
    assert outcome(text) == 400


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"prompt": ""}, "/prompt"),
        ({"prompt": " \n"}, "/prompt"),
        ({"prompt": "x" * 2501}, "/prompt"),
        ({"prompt": 1}, "/prompt"),
        ({"type": "audio"}, "/type"),
        ({"duration": "5"}, "/duration"),
        ({"duration": 5.0}, "/duration"),
        ({"duration": True}, "/duration"),
        ({"sound": "on"}, "/sound"),
        ({"cfg_scale": "0.5"}, "/cfg_scale"),
        ({"cfg_scale": True}, "/cfg_scale"),
        ({"cfg_scale": 1.5}, "/cfg_scale"),
        ({"priority": 11}, "/priority"),
        ({"expires_in": 59}, "/expires_in"),
        ({"expires_in": 604_801}, "/expires_in"),
        ({"metadata": {"k": 1}}, "/metadata/k"),
        ({"metadata": {"k" * 65: "v"}}, "/metadata/" + "k" * 65),
        ({"metadata": {"a/b~": "v" * 513}}, "/metadata/a~1b~0"),
        ({"metadata": {str(n): "" for n in range(17)}}, "/metadata"),
        ({"callback_url": "https://a.test"}, "/callback_url"),
        ({"camera_control": {"type": "orbit"}}, "/camera_control/type"),
        ({"camera_control": {"type": "simple", "config": {"zoom": 11}}}, "/camera_control/config/zoom"),
        ({"camera_control": {"type": "simple", "config": {"dolly": 1}}}, "/camera_control/config/dolly"),
    ],
)
def test_a_wrong_field_is_pointed_at(change: dict[str, Any], pointer: str) -> None:
    """The pointer leads to the field, and what was sent is not repeated."""
    with pytest.raises(MalformedRequest) as refusal:
        read(event("POST", "/v1/videos", FOX | change))
    assert refusal.value.errors[0].pointer == pointer


@pytest.mark.parametrize("change", [{"cfg_scale": 1}, {"cfg_scale": 0.5}, {"cfg_scale": 0}, {"image": None}])
def test_numbers_and_nulls_are_taken_as_json_means_them(change: dict[str, Any]) -> None:
    """Whole numbers are numbers, and null is the same as absent."""
    assert outcome(FOX | change) == 200


@pytest.mark.parametrize("announced", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
def test_only_json_is_read(announced: str) -> None:
    """Another media type is 415, whatever the body holds."""
    assert outcome(FOX, headers={"content-type": announced}) == 415


def test_a_body_in_base64_is_the_same_body() -> None:
    """API Gateway may wrap a body; a broken wrapping is malformed."""
    wrapped = base64.b64encode(json.dumps(FOX).encode()).decode()
    assert outcome(wrapped, encoded=True) == 200
    assert outcome("%%%", encoded=True) == 400
    assert outcome(base64.b64encode(b"\xff\xfe{}").decode(), encoded=True) == 400


def test_too_much_is_413() -> None:
    """The limit counts bytes, wrapped or not."""
    assert outcome("x" * 5_900_001) == 413
    assert outcome("é" * 3_000_000) == 413
    assert outcome(base64.b64encode(b"x" * 5_900_001).decode(), encoded=True) == 413


@settings(deadline=None)
@given(body=JSON)
def test_any_json_is_read_or_refused(body: object) -> None:
    """No value makes the reader fail in another way."""
    assert outcome(json.dumps(body)) in {200, 400}


@settings(deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nor do bytes that are no text."""
    assert outcome(base64.b64encode(data).decode(), encoded=True) in {200, 400}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(change=st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=3))
def test_no_body_ends_in_an_unforeseen_error(world: World, change: dict[str, Any]) -> None:
    """From the body to the use case, every request is answered below 500."""
    request = event("POST", "/v1/estimates", json.dumps(FOX | change))
    assert world.submit.handler(request, CONTEXT)["statusCode"] < 500
