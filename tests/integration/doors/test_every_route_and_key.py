"""Every route with every kind of key: the same words, and the same calls to AWS, for everybody who is not let in.

What a stranger could measure is what is asked of AWS on the way to an answer: a call takes milliseconds, everything
else microseconds. So two answers are of one timing class when the same calls were made for them, in the same order.
"""

import pytest

from reelwright.api.routes import ROUTES
from tests.integration.doors.town import BODIES, NOTHING, SCOPES, Town, key

CLOSED = [(one.method, one.path) for one in ROUTES if one.scope]
NAMED = [one for one in CLOSED if "{" in one[1]]
SCOPE = {(one.method, one.path): one.scope for one in ROUTES}
UNKNOWN = {"Authorization": f"Bearer rw_{'x' * 40}"}
NO_CALL: tuple[str, ...] = ()
ONE_LOOK_UP = ("GetItem KEY",)
FORBIDDEN_TO_SUSPENDED = [one for one in CLOSED if one[0] != "GET"]


def test_every_closed_route_has_its_request_here() -> None:
    """A new route is not covered until this table knows it."""
    assert set(BODIES) == set(CLOSED)


@pytest.mark.parametrize(("method", "path"), CLOSED)
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic cnc6cnc="}])
def test_no_key_is_unauthorized_without_a_look(town: Town, method: str, path: str, headers: dict[str, str]) -> None:
    """Missing and impossible keys cost nothing at all."""
    answer = town.ask(method, path, headers)
    assert (answer.status, answer.body["code"]) == (401, "unauthenticated")
    assert (answer.authorizer, answer.function) == (NO_CALL, NO_CALL)


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_unknown_expired_and_revoked_keys_are_one(town: Town, method: str, path: str) -> None:
    """To the letter the answer of a request without a key, after exactly one look-up."""
    nobody = town.ask(method, path, {})
    for headers in (UNKNOWN, key("owner", expires_ms=1), key("owner", revoked=True)):
        answer = town.ask(method, path, headers)
        assert answer.said() == nobody.said()
        assert answer.headers == nobody.headers
        assert "WWW-Authenticate" in answer.headers
        assert (answer.authorizer, answer.function) == (ONE_LOOK_UP, NO_CALL)


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_all_other_scopes_together_do_not_open_a_route(town: Town, method: str, path: str) -> None:
    """403 before anything is looked at, whether the thing is there or not."""
    others = key("owner", tuple(scope for scope in SCOPES if scope != SCOPE[(method, path)]))
    there, missing = town.ask(method, path, others), town.ask(method, path, others, NOTHING)
    assert (there.status, there.body["code"]) == (403, "missing_scope")
    assert there.said(*town.owned.values()) == missing.said(*NOTHING.values())
    assert (there.function, missing.function) == (NO_CALL, NO_CALL)


@pytest.mark.parametrize(("method", "path"), NAMED)
def test_another_tenants_thing_is_a_thing_that_is_not_there(town: Town, method: str, path: str) -> None:
    """The same 404 after the same calls."""
    stranger = key("stranger")
    foreign, missing = town.ask(method, path, stranger), town.ask(method, path, stranger, NOTHING)
    assert (foreign.status, foreign.body["code"]) == (404, "not_found")
    assert foreign.said(*town.owned.values()) == missing.said(*NOTHING.values())
    assert foreign.headers == missing.headers
    assert (foreign.authorizer, foreign.function) == (missing.authorizer, missing.function)
    assert foreign.function


@pytest.mark.parametrize(("method", "path"), NAMED)
def test_an_impossible_name_is_the_same_404(town: Town, method: str, path: str) -> None:
    """A name that can be nobody's is refused without a look: that tells what names look like, and the docs do too."""
    names = dict.fromkeys(NOTHING, "..%2f")
    answer = town.ask(method, path, key("stranger"), names)
    assert (answer.status, answer.body["code"]) == (404, "not_found")
    assert answer.function == NO_CALL


@pytest.mark.parametrize(("method", "path"), [one for one in CLOSED if "{delivery_id}" in one[1]])
def test_a_foreign_delivery_is_not_found_below_an_own_endpoint(town: Town, method: str, path: str) -> None:
    """Both names have to be the caller's."""
    stranger = key("stranger")
    own = town.ask("POST", "/v1/webhooks", stranger).body["id"]
    foreign = town.ask(method, path, stranger, town.owned | {"endpoint_id": own})
    missing = town.ask(method, path, stranger, NOTHING | {"endpoint_id": own})
    assert foreign.status == 404
    assert foreign.said(town.owned["delivery_id"]) == missing.said(NOTHING["delivery_id"])
    assert foreign.function == missing.function


@pytest.mark.parametrize(("method", "path"), FORBIDDEN_TO_SUSPENDED)
def test_a_suspended_tenant_changes_nothing(town: Town, method: str, path: str) -> None:
    """403 on every call but the reading ones, whatever it is about."""
    answer, missing = (town.ask(method, path, key("banned"), names) for names in (town.owned, NOTHING))
    assert (answer.status, answer.body["code"]) == (403, "missing_scope")
    assert "suspended" in answer.body["detail"]
    assert answer.said(*town.owned.values()) == missing.said(*NOTHING.values())
    assert answer.function == NO_CALL


@pytest.mark.parametrize(("method", "path"), [one for one in CLOSED if one not in FORBIDDEN_TO_SUSPENDED])
def test_a_suspended_tenant_may_still_look(town: Town, method: str, path: str) -> None:
    """Its own lists are there; what is not its own is not."""
    assert town.ask(method, path, key("banned")).status == (404 if "{" in path else 200)
