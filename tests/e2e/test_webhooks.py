"""Webhooks of the deployed whole, taken by a real server and verified as the guide says."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from local.api import Api
from local.deployment import Deployment
from local.watch import until, until_terminal
from tests.e2e.orders import order
from tests.support.receiver import Arrival, Receiver, receiver
from tests.support.verifying import genuine

PATHS = {"/good": [], "/flaky": [], "/moved": [], "/gone": [], "/failures": ["video.failed"]}
TERMINAL_SECONDS = 120.0


@dataclass(frozen=True)
class Scene:
    """A tenant whose job has ended, and its endpoints, each at a path of the receiver."""

    api: Api
    server: Receiver
    hooks: dict[str, dict[str, Any]]
    job: dict[str, Any]

    def at(self, path: str, *rest: str) -> str:
        return "/".join((f"/v1/webhooks/{self.hooks[path]['id']}", *rest))

    def endpoint(self, path: str) -> Any:
        return self.api.call("GET", self.at(path)).json

    def deliveries(self, path: str) -> list[dict[str, Any]]:
        return list(self.api.call("GET", self.at(path, "deliveries")).json["deliveries"])

    def delivery_that(self, path: str, good: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        found = until(lambda: self.deliveries(path), lambda rows: any(map(good, rows)), 30)
        return next(filter(good, found))

    def told(self, path: str) -> Arrival:
        return self.server.wait(lambda one: one.path == path and b"video." in one.body)[0]


@pytest.fixture(scope="module")
def scene(deployment: Deployment) -> Iterator[Scene]:
    """One job for all of these tests."""
    api = Api(deployment.base_url, deployment.desk.api_key(deployment.desk.tenant("listener")))
    with receiver() as server:
        server.answer("/flaky", 500)
        server.answer("/moved", 307)
        server.answer("/gone", 410)
        hooks = {
            path: api.call("POST", "/v1/webhooks", {"url": server.url(path), "events": events}).json
            for path, events in PATHS.items()
        }
        job = api.submit(order("a bell in the fog"))
        done = until_terminal(lambda: api.video(job["id"]), lambda _: None, TERMINAL_SECONDS)
        yield Scene(api, server, hooks, done)


def test_the_end_of_a_job_is_told(scene: Scene) -> None:
    """The message names the video, says what was captured, and verifies by the guide's ten lines."""
    arrival = scene.told("/good")
    message = json.loads(arrival.body)
    assert (message["type"], message["timestamp"]) == ("video.succeeded", scene.job["finished_at"])
    assert message["data"] == {
        "id": scene.job["id"],
        "status": "succeeded",
        "model": "kling-v2-6",
        "units": scene.job["cost"]["captured"]["units"],
    }
    secret = scene.hooks["/good"]["secret"]
    assert genuine(secret, arrival.headers, arrival.body)
    assert not genuine(scene.hooks["/flaky"]["secret"], arrival.headers, arrival.body)
    assert not genuine(secret, arrival.headers, arrival.body.replace(b"succeeded", b"failed"))
    assert not genuine(secret, arrival.headers | {"webhook-timestamp": "1"}, arrival.body)


@pytest.mark.parametrize(("path", "status", "outcome"), [("/flaky", 500, "rejected"), ("/moved", 307, "redirected")])
def test_what_is_not_taken_comes_again(scene: Scene, path: str, status: int, outcome: str) -> None:
    """Five seconds later, under the same id and newly signed; a redirect is not followed."""
    told = scene.told(path).message_id
    first, again, *_ = scene.server.wait(lambda one: one.path == path and one.message_id == told, count=2)
    assert 4 < again.at - first.at < 20
    assert genuine(scene.hooks[path]["secret"], again.headers, again.body)
    ended = {"event_id": first.message_id, "status": "delivered"}
    delivery = scene.delivery_that(path, lambda one: one | ended == one)
    tries = [(one["outcome"], one["status"]) for one in delivery["attempts"]]
    assert tries == [(outcome, status), ("delivered", 204)]
    assert scene.endpoint(path)["failing_since"] is None
    assert not scene.server.at("/elsewhere")


def test_an_endpoint_that_is_gone_is_disabled(scene: Scene) -> None:
    """After 410 nothing is sent there any more, until its tenant enables it."""
    scene.told("/gone")
    delivery = scene.delivery_that("/gone", lambda one: one["status"] == "abandoned")
    assert [one["outcome"] for one in delivery["attempts"]] == ["gone"]
    assert [scene.endpoint("/gone")[name] for name in ("status", "disabled_reason")] == ["disabled", "gone"]
    assert scene.api.call("POST", scene.at("/gone", "test")).status == 409
    assert scene.api.call("PATCH", scene.at("/gone"), {"status": "enabled"}).json["disabled_reason"] is None


def test_an_event_that_was_not_asked_for_is_not_sent(scene: Scene) -> None:
    """The filter holds for videos; a test message comes all the same."""
    scene.told("/good")
    sent = scene.api.call("POST", scene.at("/failures", "test"))
    assert sent.status == 202
    scene.server.wait(lambda one: one.path == "/failures" and one.message_id == sent.json["event_id"])
    assert "video.succeeded" not in {one["type"] for one in scene.deliveries("/failures")}


def test_a_failure_is_told_with_its_reason(scene: Scene, fault: Callable[..., None]) -> None:
    """The error's code is in the message; nothing was captured."""
    fault("refused", {"prompt": "a bell without a clapper"}, times=None)
    job = scene.api.submit(order("a bell without a clapper"))
    (arrival,) = scene.server.wait(lambda one: one.path == "/failures" and job["id"].encode() in one.body)
    message, ended = json.loads(arrival.body), scene.api.video(job["id"])
    assert (message["type"], message["data"]["error"]) == ("video.failed", ended["error"]["code"])
    assert message["data"]["units"] == "0"
    assert genuine(scene.hooks["/failures"]["secret"], arrival.headers, arrival.body)


def test_both_secrets_sign_while_they_overlap(scene: Scene) -> None:
    """After a rotation old and new verify; after one without overlap only the newest does."""
    secrets = [scene.hooks["/good"]["secret"]]
    for body in ({}, {"overlap_hours": 0}):
        secrets.append(scene.api.call("POST", scene.at("/good", "secret"), body).json["secret"])
        sent = scene.api.call("POST", scene.at("/good", "test")).json["event_id"]
        (arrival,) = scene.server.wait(lambda one, sent=sent: one.message_id == sent)  # type: ignore[misc]
        verdicts = [genuine(one, arrival.headers, arrival.body) for one in secrets]
        assert verdicts == ([True, True] if len(secrets) == 2 else [False, False, True])


def test_a_replay_is_the_same_message(scene: Scene) -> None:
    """The same id and the same body, under a delivery of its own."""
    first = scene.told("/flaky")
    ended = {"event_id": first.message_id, "status": "delivered"}
    delivery = scene.delivery_that("/flaky", lambda one: one | ended == one)
    answer = scene.api.call("POST", scene.at("/flaky", "deliveries", delivery["id"], "replay"))
    assert answer.status == 202
    *_, again = scene.server.wait(lambda one: one.message_id == first.message_id and one.path == "/flaky", count=3)
    assert (again.message_id, again.body) == (first.message_id, first.body)
    scene.delivery_that("/flaky", lambda one: one["id"] == answer.json["id"] and one["status"] == "delivered")


def test_another_tenants_endpoint_is_not_there(scene: Scene, api: Api) -> None:
    """A stranger with a good key gets the 404 of an endpoint that never was, and changes nothing."""
    strange = scene.at("/good")
    missing = api.call("GET", f"/v1/webhooks/whe_{'0' * 26}").json["code"]
    for method, path, body in (
        ("GET", strange, None),
        ("PATCH", strange, {"status": "disabled"}),
        ("DELETE", strange, None),
        ("POST", f"{strange}/secret", {}),
        ("POST", f"{strange}/test", None),
        ("GET", f"{strange}/deliveries", None),
    ):
        answer = api.call(method, path, body)
        assert (answer.status, answer.json["code"]) == (404, missing)
    assert scene.endpoint("/good")["status"] == "enabled"


def test_an_address_inside_is_refused(api: Api) -> None:
    """Private addresses, plain http and other ports are refused where the deployment does not trust the host."""
    for url in ("https://10.0.0.1/", "http://example.com/", "https://169.254.169.254/latest", "https://localhost/"):
        answer = api.call("POST", "/v1/webhooks", {"url": url})
        assert (answer.status, answer.json["code"]) == (422, "address_refused")
        assert answer.json["errors"][0]["pointer"] == "/url"


def test_a_deleted_endpoint_is_gone(scene: Scene) -> None:
    """204, then 404."""
    made = scene.api.call("POST", "/v1/webhooks", {"url": scene.server.url("/brief")})
    assert made.status == 201
    assert scene.api.call("DELETE", made.headers["location"]).status == 204
    assert scene.api.call("GET", made.headers["location"]).status == 404
