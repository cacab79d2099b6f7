"""The API: what is open, what is authorized, what is logged."""

import json
import re

from local.stage import Stage
from reelwright.api.routes import ROUTES, routed

OPEN = {"GET /health", "GET /v1/openapi.json", "POST /webhooks/kling/{capability}"}


def test_only_these_routes_are_open(stage: Stage) -> None:
    """Everything else goes past the authorizer."""
    routes = [route["Properties"] for route in stage.resources("AWS::ApiGatewayV2::Route").values()]
    assert {r["RouteKey"] for r in routes if r.get("AuthorizationType", "NONE") == "NONE"} == OPEN
    assert {r["AuthorizationType"] for r in routes if r["RouteKey"] not in OPEN} == {"CUSTOM"}


def test_the_routes_are_those_of_the_open_api_document(prod: Stage) -> None:
    """The gateway and the description agree, whatever they call the parameters."""
    document = json.loads((prod.checkout / "docs" / "openapi.json").read_text())
    described = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    routes = {route["Properties"]["RouteKey"] for route in prod.resources("AWS::ApiGatewayV2::Route").values()}
    assert set(map(_nameless, routes)) == set(map(_nameless, described))


def test_the_gateways_routes_are_those_that_every_key_is_tried_on(stage: Stage) -> None:
    """tests/integration/doors goes by the library's list: what the gateway has beyond it would be untried."""
    routes = [route["Properties"] for route in stage.resources("AWS::ApiGatewayV2::Route").values()]
    closed = {_nameless(r["RouteKey"]) for r in routes if r.get("AuthorizationType", "NONE") != "NONE"}
    opened = {_nameless(r["RouteKey"]) for r in routes} - closed
    assert closed == {_nameless(f"{one.method} {one.path}") for one in ROUTES if one.scope}
    assert opened == {_nameless(f"{one.method} {one.path}") for one in ROUTES if not one.scope}


def test_the_authorizer_knows_the_scope_of_each_route_by_the_gateways_own_key(stage: Stage) -> None:
    """It is told the template's key, parameters' names included; a route that it does not know stays shut."""
    for one in stage.resources("AWS::ApiGatewayV2::Route").values():
        key, kind = one["Properties"]["RouteKey"], one["Properties"].get("AuthorizationType", "NONE")
        known = routed(key)
        assert known, key
        assert _nameless(f"{known.method} {known.path}") == _nameless(key)
        assert (known.scope is None) == (kind == "NONE")


def _nameless(key: str) -> str:
    return re.sub(r"\{\w+\}", "{}", key)


def test_answers_of_the_authorizer_are_never_cached(stage: Stage) -> None:
    """A revoked key stops at once, and a request without a key is answered by us."""
    authorizer = stage.one("AWS::ApiGatewayV2::Authorizer")
    assert authorizer["AuthorizerResultTtlInSeconds"] == 0
    assert not authorizer.get("IdentitySource")
    assert authorizer["EnableSimpleResponses"] is True
    assert authorizer["AuthorizerPayloadFormatVersion"] == "2.0"


def test_access_logs_never_hold_a_path(stage: Stage) -> None:
    """A callback's path is a capability, and query strings may hold signatures."""
    settings = stage.one("AWS::ApiGatewayV2::Stage")["AccessLogSettings"]
    logged = set(json.loads(settings["Format"]).values())
    assert "$context.routeKey" in logged
    assert not {value for value in logged if "path" in value.lower() or "query" in value.lower()}


def test_requests_are_throttled(stage: Stage) -> None:
    """A rate and a burst for the whole API."""
    throttle = stage.one("AWS::ApiGatewayV2::Stage")["DefaultRouteSettings"]
    assert throttle["ThrottlingRateLimit"] > 0
    assert throttle["ThrottlingBurstLimit"] >= throttle["ThrottlingRateLimit"]
