from typing import Any

import pytest

from reelwright.api.routes import ROUTES
from reelwright.use_cases.ops.keys import SCOPES
from tests.unit.api.conftest import World
from tests.unit.api.events import CONTEXT, event

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")
HOOK = f"/v1/webhooks/whe_{'0' * 26}"
GUARDED = [
    ("POST", "/v1/videos", "videos:write"),
    ("POST", "/v1/estimates", "videos:write"),
    ("POST", f"/v1/videos/job_{'0' * 26}/cancel", "videos:write"),
    ("GET", "/v1/videos", "videos:read"),
    ("GET", f"/v1/videos/job_{'0' * 26}", "videos:read"),
    ("GET", "/v1/models", "videos:read"),
    ("GET", "/v1/usage", "videos:read"),
    ("POST", "/v1/webhooks", "webhooks:write"),
    ("GET", "/v1/webhooks", "webhooks:read"),
    ("GET", HOOK, "webhooks:read"),
    ("PATCH", HOOK, "webhooks:write"),
    ("DELETE", HOOK, "webhooks:write"),
    ("POST", f"{HOOK}/secret", "webhooks:write"),
    ("POST", f"{HOOK}/test", "webhooks:write"),
    ("GET", f"{HOOK}/deliveries", "webhooks:read"),
    ("POST", f"{HOOK}/deliveries/dlv_{'0' * 15}_evt_{'0' * 26}/replay", "webhooks:write"),
]


@pytest.mark.parametrize(("method", "path", "_scope"), GUARDED)
def test_without_a_good_key_the_answer_is_401(world: World, method: str, path: str, _scope: str) -> None:
    """The problem comes before any look at the body, and names the scheme."""
    answer = world.send(method, path, "{", tenant=None)
    assert (answer.status, answer.json["code"]) == (401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_every_guarded_call_is_tried_here() -> None:
    """A new call with a scope has to be added above, with the scope that the table of routes gives it."""
    tried = {
        (route.method, route.path, scope)
        for method, path, scope in GUARDED
        for route in ROUTES
        if route.method == method and route.matches(path)
    }
    assert tried == {(route.method, route.path, route.scope) for route in ROUTES if route.scope}


def test_the_scopes_of_calls_are_those_that_keys_are_made_with() -> None:
    """No call needs what no key can have, and no key has what no call needs."""
    assert {route.scope for route in ROUTES if route.scope} == set(SCOPES)


@pytest.mark.parametrize(("method", "path", "scope"), GUARDED)
def test_without_the_scope_the_answer_is_that_without_a_key(world: World, method: str, path: str, scope: str) -> None:
    """Each call needs its own scope, a longer name does not contain it, and the one answer names it."""
    answer = world.send(method, path, "{", scopes=f"{scope}s videos")
    assert answer == world.send(method, path, "{", tenant=None)
    assert (answer.status, answer.json["code"]) == (401, "unauthenticated")
    assert f"the scope {scope};" in answer.json["detail"]


@pytest.mark.parametrize(
    "authorizer",
    [None, {}, {"lambda": None}, {"lambda": "acme"}, {"lambda": {"tenant": 1, "key_id": "k", "scopes": "videos:read"}}],
)
def test_a_context_that_is_not_plain_is_nobody(world: World, authorizer: Any) -> None:
    """Whatever is missing or strange in the authorizer's word ends in 401, never in access."""
    request = event("GET", "/v1/usage")
    request["requestContext"]["authorizer"] = authorizer
    assert world.query.handler(request, CONTEXT)["statusCode"] == 401


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/videos/", "/v1/videos/x/y", "/v2/videos"])
def test_an_unknown_address_is_a_problem_too(world: World, path: str) -> None:
    """404 has the same shape everywhere."""
    answer = world.send("GET", path)
    assert (answer.status, answer.json["code"]) == (404, "not_found")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", "/v1/videos", "POST, GET"),
        ("PUT", "/health", "GET"),
        ("GET", "/v1/estimates", "POST"),
        ("PUT", HOOK, "GET, PATCH, DELETE"),
        ("GET", f"{HOOK}/test", "POST"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(world: World, method: str, path: str, allow: str) -> None:
    """405 lists what the address answers to."""
    answer = world.send(method, path)
    assert (answer.status, answer.headers["Allow"]) == (405, allow)


def test_a_problem_is_complete(world: World) -> None:
    """All members of RFC 9457 are there, with our own code and the request's id."""
    problem = world.send("POST", "/v1/videos", {"type": "text_to_video"}).json
    assert problem["type"] == "/v1/openapi.json#/x-problems/malformed_request"
    assert problem["status"] == 400
    assert problem["instance"] == "/v1/videos"
    assert problem["request_id"] == "request-1"
    assert {error["pointer"] for error in problem["errors"]} == {"/model", "/prompt"}
