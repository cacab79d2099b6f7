import base64
import struct
from decimal import Decimal

import pytest
from botocore.exceptions import ClientError as ServiceError
from botocore.exceptions import EndpointConnectionError

from reelwright.domain.errors import OverBudget, TooManyRequests
from reelwright.domain.status import Status
from tests.unit.api.conftest import World

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")
FOX = {"type": "text_to_video", "model": "kling-v2-6", "prompt": "a fox"}
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\x00\x00\x00"


def refused(code: str, operation: str = "TransactWriteItems", status: int = 400) -> ServiceError:
    return ServiceError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, operation)  # type: ignore[typeddict-item]


def test_a_good_request_is_accepted_with_everything_a_client_needs(world: World) -> None:
    """202 carries the job, where it lives, when to look, and headers that keep it private."""
    answer = world.send("POST", "/v1/videos", FOX | {"metadata": {"shot": "12"}})
    assert answer.status == 202
    job = answer.json
    assert job["status"] == "queued"
    assert job["metadata"] == {"shot": "12"}
    assert job["cost"] == {
        "estimated": {"units": "1.5", "usd": "0.21"},
        "held": {"units": "1.5", "usd": "0.21"},
        "captured": None,
    }
    assert answer.headers["Location"] == f"/v1/videos/{job['id']}"
    assert 2 <= int(answer.headers["Retry-After"]) <= 30
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Idempotent-Replayed" not in answer.headers
    assert world.hints.lanes == ["main.kling-v2-6.video"]


def test_the_same_key_and_body_replay_the_first_answer(world: World) -> None:
    """A replay is byte for byte the first answer and says that it is one, however the JSON is spelt."""
    first = world.send("POST", "/v1/videos", FOX, headers={"idempotency-key": "k-1"})
    spelt = '{ "prompt": "a fox",  "model": "kling-v2-6", "type": "text_to_video" }'
    again = world.send("POST", "/v1/videos", spelt, headers={"idempotency-key": "k-1"})
    assert (again.status, again.text) == (202, first.text)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    assert len(world.jobs.rows) == 1


def test_the_same_key_with_another_body_is_refused(world: World) -> None:
    """A key stands for one request only."""
    world.send("POST", "/v1/videos", FOX, headers={"idempotency-key": "k-1"})
    answer = world.send("POST", "/v1/videos", FOX | {"prompt": "a cat"}, headers={"idempotency-key": "k-1"})
    assert (answer.status, answer.json["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize("key", ["", "with space", "é", "x" * 256])
def test_a_key_that_is_no_key_is_refused(world: World, key: str) -> None:
    """Keys are visible ASCII of bounded length."""
    answer = world.send("POST", "/v1/videos", FOX, headers={"idempotency-key": key})
    assert (answer.status, answer.json["code"]) == (400, "malformed_request")


def test_what_a_model_cannot_do_is_told_with_what_it_can(world: World) -> None:
    """422 points at the field and says what is on offer; nothing is created."""
    answer = world.send("POST", "/v1/videos", FOX | {"sound": True})
    assert (answer.status, answer.json["code"]) == (422, "unprocessable")
    assert answer.json["errors"] == [{"pointer": "/sound", "detail": "kling-v2-6 makes sound in mode pro only"}]
    assert not world.jobs.rows


def test_an_inline_image_is_stored_and_never_kept_in_the_request(world: World) -> None:
    """The bytes go to the bucket under the job's own key."""
    wish = {"type": "image_to_video", "model": "kling-v3", "prompt": "run", "image": base64.b64encode(PNG).decode()}
    job = world.send("POST", "/v1/videos", wish).json
    key = f"inputs/{job['id']}/image"
    assert world.images.stored == {key: (PNG, "image/png")}
    assert world.jobs.rows[job["id"]][1].image == key


def test_a_camera_movement_arrives_exact(world: World) -> None:
    """Only the axis that moves is passed on, as the number that was sent."""
    camera = {"type": "simple", "config": {"zoom": 2.5, "pan": 0}}
    job = world.send("POST", "/v1/videos", FOX | {"model": "kling-v1", "camera_control": camera}).json
    stored = world.jobs.rows[job["id"]][1].camera_control
    assert stored == {"type": "simple", "config": {"zoom": Decimal("2.5")}}


def test_an_estimate_creates_nothing(world: World) -> None:
    """The price and what was decided by default come back, and the table stays empty."""
    answer = world.send("POST", "/v1/estimates", FOX)
    assert answer.status == 200
    assert answer.json["cost"] == {"units": "1.5", "usd": "0.21"}
    assert (answer.json["mode"], answer.json["aspect_ratio"]) == ("std", "16:9")
    assert not world.jobs.rows


def test_a_queued_video_can_be_canceled_once_and_again(world: World) -> None:
    """Canceling is idempotent and releases the hold."""
    job = world.send("POST", "/v1/videos", FOX).json
    answers = [world.send("POST", f"/v1/videos/{job['id']}/cancel") for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 200]
    assert answers[1].json["status"] == "canceled"
    assert answers[1].json["cost"]["held"]["units"] == "0"


def test_a_submitted_video_cannot_be_canceled(world: World) -> None:
    """Kling has no cancel and bills anyway: 409."""
    job = world.send("POST", "/v1/videos", FOX).json
    world.jobs.change(job["id"], status=Status.GENERATING)
    answer = world.send("POST", f"/v1/videos/{job['id']}/cancel")
    assert (answer.status, answer.json["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    ("trouble", "status", "code"),
    [
        (OverBudget("no"), 402, "over_budget"),
        (TooManyRequests("slow down", retry_after_seconds=17), 429, "too_many_requests"),
        (refused("ProvisionedThroughputExceededException"), 503, "unavailable"),
        (refused("InternalServerError", status=500), 503, "unavailable"),
        (EndpointConnectionError(endpoint_url="https://dynamodb.test"), 503, "unavailable"),
    ],
)
def test_trouble_is_told_as_a_problem(world: World, trouble: Exception, status: int, code: str) -> None:
    """Refusals of the ledger and passing troubles of AWS have their own code; the passing ones say when to return."""
    world.jobs.refusal = trouble
    answer = world.send("POST", "/v1/videos", FOX)
    assert (answer.status, answer.json["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert ("Retry-After" in answer.headers) == (status in {429, 503})


def test_a_used_up_minute_tells_its_quota(world: World) -> None:
    """A client can pace itself: how many a minute, none left, when the next minute begins."""
    world.jobs.refusal = TooManyRequests("slow down", retry_after_seconds=17, a_minute=60)
    headers = world.send("POST", "/v1/videos", FOX).headers
    told = (headers["RateLimit-Policy"], headers["RateLimit"], headers["Retry-After"])
    assert told == ('"minute";q=60;w=60', '"minute";r=0;t=17', "17")


def test_a_fault_of_ours_is_not_dressed_up(world: World) -> None:
    """A refused permission is a bug of the deployment: the invocation fails and its alarm rings."""
    world.jobs.refusal = refused("AccessDeniedException")
    with pytest.raises(ServiceError):
        world.send("POST", "/v1/videos", FOX)


def test_a_suspended_tenant_may_not_submit(world: World) -> None:
    """Also when it was suspended after the authorizer had asked."""
    world.tenants.rows["acme"] = world.tenants.rows["acme"].__class__("acme", Decimal(1), 1, 1, suspended=True)
    answer = world.send("POST", "/v1/videos", FOX)
    assert (answer.status, answer.json["code"]) == (403, "tenant_suspended")
