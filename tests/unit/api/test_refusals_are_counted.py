"""Every request that is refused is one more of its reason, whoever refuses it: use case, router, or AWS."""

import pytest
from botocore.exceptions import EndpointConnectionError

from reelwright.api import resolver
from tests.support.fake_telemetry import FakeTelemetry
from tests.unit.api.conftest import World

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")
FOX = {"type": "text_to_video", "model": "kling-v2-6", "prompt": "a fox", "duration": 5}


@pytest.fixture
def telemetry(monkeypatch: pytest.MonkeyPatch) -> FakeTelemetry:
    """What the router counts."""
    seen = FakeTelemetry()
    monkeypatch.setattr(resolver, "PowertoolsTelemetry", lambda: seen)
    return seen


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/videos/nobodys", None),
        ("GET", "/v2/videos", None),
        ("DELETE", "/v1/videos", None),
        ("POST", "/v1/videos", {}),
        ("POST", "/v1/videos", FOX | {"duration": 99}),
        ("POST", "/v1/videos", FOX),
    ],
)
def test_the_reason_is_the_code_that_the_client_sees(
    world: World, telemetry: FakeTelemetry, method: str, path: str, body: object
) -> None:
    """Once for each answer; in the last one AWS cannot be reached."""
    world.jobs.refusal = EndpointConnectionError(endpoint_url="https://dynamodb.test")
    answer = world.send(method, path, body)
    assert answer.status >= 400
    assert telemetry.series == [("RequestRefused", ("reason", answer.json["code"]))]


def test_what_is_served_is_no_refusal(world: World, telemetry: FakeTelemetry) -> None:
    """Nothing is counted here for a good answer."""
    assert world.send("POST", "/v1/videos", FOX).status == 202
    assert telemetry.series == []
