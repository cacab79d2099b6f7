import hashlib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from botocore.exceptions import EndpointConnectionError

from reelwright.api.keys import NOBODY, SUSPENDED, identify
from reelwright.api.routes import Route, routed
from reelwright.domain.errors import NotFound
from reelwright.domain.tenant import ApiKey, Tenant
from tests.unit.api.conftest import load
from tests.unit.api.events import CONTEXT

KEY = "rw_0123456789abcdefghij"
NOW = 1_790_000_000_000
READING = routed("GET /v1/videos/{id}")
WRITING = routed("POST /v1/videos")


@dataclass
class Ring:
    """One key, and a note of what was looked up."""

    grant: ApiKey
    asked: list[str]
    suspended: bool = False
    owners: list[str] = field(default_factory=list)

    def api_key(self, key_hash: str) -> ApiKey | None:
        self.asked.append(key_hash)
        return self.grant if key_hash == hashlib.sha256(KEY.encode()).hexdigest() else None

    def get(self, tenant_id: str) -> Tenant:
        self.owners.append(tenant_id)
        if tenant_id != "acme":
            raise NotFound("There is no such tenant.")
        return Tenant("acme", Decimal(1), 1, 1, suspended=self.suspended)


def ring(**changes: object) -> Ring:
    return Ring(ApiKey("acme", "key_1", ("videos:read", "videos:write"), **changes), [])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": f"Bearer {KEY}"},
        {"Authorization": f"bearer  {KEY} "},
        {"x-api-key": KEY},
        {"X-Api-Key": KEY, "authorization": "Basic abc"},
    ],
)
def test_a_good_key_is_known_in_either_header(headers: dict[str, str]) -> None:
    """The context tells tenant, key and scopes, and only the key's hash is looked up."""
    keys = ring()
    expected = {"tenant": "acme", "key_id": "key_1", "scopes": "videos:read videos:write", "standing": ""}
    assert identify(headers, keys, NOW, READING) == expected
    assert KEY not in keys.asked


@pytest.mark.parametrize(
    "sent", ["", KEY + "x", "sk_123", "rw_", "rw_" + "x" * 500, f"{KEY} x", "rw_é0123456789abcdefg", f"{KEY}\udfff"]
)
def test_any_other_key_is_nobody(sent: str) -> None:
    """Unknown and impossible keys look the same, and cost the same one look-up."""
    keys = ring()
    assert identify({"x-api-key": sent}, keys, NOW, READING) == NOBODY
    assert identify({"authorization": f"Bearer {sent}"}, keys, NOW, READING) == NOBODY
    assert len(keys.asked) == 2


def test_an_impossible_key_stays_so_whatever_is_stored() -> None:
    """Its shape is asked for besides the look-up."""
    stored = SimpleNamespace(api_key=lambda _hash: ring().grant, get=ring().get)
    assert identify({"x-api-key": "nonsense"}, stored, NOW, READING) == NOBODY


@pytest.mark.parametrize("route", [None, routed("POST /v1/webhooks"), routed("GET /health")])
def test_a_good_key_is_nobody_where_it_has_no_scope(route: Route | None) -> None:
    """After the one look-up of any bad key: its tenant is not asked for, on no route that it does not open."""
    keys = ring()
    assert identify({"x-api-key": KEY}, keys, NOW, route) == NOBODY
    assert (len(keys.asked), keys.owners) == (1, [])


@pytest.mark.parametrize("changes", [{"revoked": True}, {"expires_ms": NOW}, {"expires_ms": 1}])
def test_a_key_that_ended_is_nobody(changes: dict[str, object]) -> None:
    """Revocation and expiry act at once."""
    assert identify({"x-api-key": KEY}, ring(**changes), NOW, READING) == NOBODY


@pytest.mark.parametrize(("route", "standing"), [(READING, ""), (WRITING, SUSPENDED)])
def test_a_suspended_tenant_may_look_and_nothing_else(route: Route, standing: str) -> None:
    """Its key stays good; what it may no longer do is told with the key."""
    keys = replace(ring(), suspended=True)
    assert identify({"x-api-key": KEY}, keys, NOW, route)["standing"] == standing


def test_the_key_of_a_tenant_that_is_gone_does_nothing() -> None:
    """Erased between two requests: whatever would change something is refused."""
    keys = ring()
    keys.grant = replace(keys.grant, tenant="gone")
    assert identify({"x-api-key": KEY}, keys, NOW, WRITING)["standing"] == SUSPENDED


def test_the_authorizer_lets_everybody_through_with_what_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """API Gateway gets a context in every case; the functions answer 401 themselves."""
    module = load("authorizer")
    monkeypatch.setattr(module, "tenants", ring)
    event = {"headers": {"x-api-key": KEY}, "routeKey": "POST /v1/videos", "requestContext": {"requestId": "r"}}
    assert module.handler(event, CONTEXT)["context"]["tenant"] == "acme"
    assert module.handler({"requestContext": {}}, CONTEXT) == {"isAuthorized": True, "context": NOBODY}


@pytest.mark.parametrize("question", ["api_key", "get"])
def test_a_table_that_cannot_be_asked_lets_nobody_in(monkeypatch: pytest.MonkeyPatch, question: str) -> None:
    """Neither as somebody nor as nobody: the authorizer fails, and the gateway answers 500 in its place."""

    def gone(_: str) -> None:
        raise EndpointConnectionError(endpoint_url="the table")

    module, keys = load("authorizer"), ring()
    monkeypatch.setattr(keys, question, gone)
    monkeypatch.setattr(module, "tenants", lambda: keys)
    event = {"headers": {"x-api-key": KEY}, "routeKey": "POST /v1/videos", "requestContext": {"requestId": "r"}}
    with pytest.raises(EndpointConnectionError):
        module.handler(event, CONTEXT)
