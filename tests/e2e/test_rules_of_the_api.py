"""What the API refuses, and how, through the front door."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from local import aws
from local.api import Answer, Api
from local.deployment import Deployment
from reelwright.adapters.aws.ops.desks import TableTenantDesk
from reelwright.use_cases.ops.changes import Hand
from reelwright.use_cases.ops.tenants import ManageTenants
from tests.e2e.orders import order

PROBLEM = "application/problem+json"


def code(answer: Answer) -> tuple[int, str]:
    """The status and the problem's code; anything but a problem document fails the test."""
    assert answer.headers["content-type"].startswith(PROBLEM), answer.body
    return answer.status, answer.json["code"]


def test_a_repeated_key_replays_the_first_answer(api: Api) -> None:
    """The same Idempotency-Key and body give the same job, marked as replayed; another body is refused."""
    headers = {"Idempotency-Key": "one-order"}
    first = api.call("POST", "/v1/videos", order("twins"), headers)
    again = api.call("POST", "/v1/videos", order("twins"), headers)
    assert (first.status, again.status, again.json["id"]) == (202, 202, first.json["id"])
    assert again.headers["idempotent-replayed"] == "true"
    assert code(api.call("POST", "/v1/videos", order("triplets"), headers))[0] == 422


def test_a_submitted_job_cannot_be_canceled(api: Api, finished_id: str) -> None:
    """Kling has no cancel: once submitted, cancel is a conflict."""
    assert code(api.call("POST", f"/v1/videos/{finished_id}/cancel"))[0] == 409


def test_over_budget_is_payment_required(deployment: Deployment) -> None:
    """A tenant whose month cannot hold the price is answered 402 and nothing is created."""
    poor = deployment.desk.tenant("poor", units=Decimal("0.1"))
    api = Api(deployment.base_url, deployment.desk.api_key(poor))
    assert code(api.call("POST", "/v1/videos", order("a palace")))[0] == 402
    assert api.call("GET", "/v1/videos").json["videos"] == []


def test_another_tenants_job_is_not_there(deployment: Deployment, finished_id: str) -> None:
    """Another tenant's job and a job that never was give the same 404."""
    stranger = Api(deployment.base_url, deployment.desk.api_key(deployment.desk.tenant("stranger")))
    theirs, missing = (
        stranger.call("GET", f"/v1/videos/{finished_id}"),
        stranger.call("GET", f"/v1/videos/job_{'0' * 26}"),
    )
    assert code(theirs) == code(missing)
    assert theirs.status == 404


@pytest.mark.parametrize("key", ["rw_wrong", "", "é"])
def test_a_bad_key_is_unauthorized(deployment: Deployment, key: str) -> None:
    """No key, or a wrong one, is 401."""
    assert code(Api(deployment.base_url, key.encode().decode("latin-1")).call("GET", "/v1/videos"))[0] == 401


def test_a_key_without_the_scope_is_no_key(deployment: Deployment, tenant: str) -> None:
    """A key that may only read is answered as no key at all where something is ordered, and is told which would do."""
    reader, nobody = deployment.desk.api_key(tenant, ("videos:read",)), ""
    refused = [Api(deployment.base_url, key).call("POST", "/v1/videos", order("nothing")) for key in (reader, nobody)]
    told = [{**answer.json, "request_id": ""} for answer in refused]
    assert [code(answer)[0] for answer in refused] == [401, 401]
    assert told[0] == told[1]
    assert "videos:write" in told[0]["detail"]


def test_a_suspended_tenant_may_look_and_change_nothing(deployment: Deployment, tenant: str, api: Api) -> None:
    """At the next request: reading goes on, ordering does not."""
    desk = TableTenantDesk(aws.client(deployment.stack, "dynamodb"), deployment.outputs["TableName"])
    ManageTenants(desk).change(tenant, Hand(), suspended=True)
    assert api.call("GET", "/v1/videos").status == 200
    assert code(api.call("POST", "/v1/videos", order("nothing"))) == (403, "tenant_suspended")
    assert code(api.call("POST", "/v1/estimates", order("nothing")))[0] == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"type": "text_to_video", "model": "kling-v2-6"}, 400),
        (order("x" * 2501), 400),
        (order("too long", duration=60), 422),
        (order("strange", unknown=1), 400),
        (["not", "an", "object"], 400),
    ],
)
def test_a_wrong_order_names_what_is_wrong(api: Api, body: Any, status: int) -> None:
    """Malformed orders are 400, impossible ones 422; both name the fields by JSON pointers."""
    answer = api.call("POST", "/v1/videos", body)
    assert code(answer)[0] == status, answer.body


@pytest.fixture
def finished_id(api: Api, finished: Callable[[str], dict[str, Any]]) -> str:
    """A job that is over."""
    return str(finished(api.submit(order("any"))["id"])["id"])
