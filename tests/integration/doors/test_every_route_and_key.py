"""Every route with every kind of key: the same words, and the same calls to AWS, for everybody who is not let in.

What a stranger could measure is what is asked of AWS on the way to an answer: a call takes milliseconds, everything
else microseconds. So two answers are of one timing class when the same calls were made for them, in the same order.
"""

import pytest

from reelwright.api.routes import ROUTES
from tests.integration.doors.door import Answer
from tests.integration.doors.town import BODIES, NOTHING, SCOPES, Town, key

CLOSED = [(one.method, one.path) for one in ROUTES if one.scope]
NAMED = [one for one in CLOSED if "{" in one[1]]
SCOPE = {(one.method, one.path): str(one.scope) for one in ROUTES}
NO_CALL: tuple[str, ...] = ()
ONE_LOOK_UP = ("GetItem KEY",)
FORBIDDEN_TO_SUSPENDED = [one for one in CLOSED if one[0] != "GET"]


def test_every_closed_route_has_its_request_here() -> None:
    """A new route is not covered until this table knows it."""
    assert set(BODIES) == set(CLOSED)


def _refused(scope: str) -> dict[str, dict[str, str]]:
    """The headers of whoever a route with this scope is closed to, by why."""
    others = tuple(one for one in SCOPES if one != scope)
    return {
        "no key": {},
        "another scheme": {"Authorization": "Basic cnc6cnc="},
        "impossible": {"Authorization": "Bearer nonsense"},
        "unknown": {"Authorization": f"Bearer rw_{'x' * 40}"},
        "expired": key("owner", expires_ms=1),
        "revoked": key("owner", revoked=True),
        "all scopes but this": key("owner", others),
        "another tenant's, all scopes but this": key("stranger", others),
        "a suspended tenant's, all scopes but this": key("banned", others),
    }


def _told(answer: Answer, names: dict[str, str]) -> object:
    return answer.said(*names.values()), answer.headers, answer.authorizer, answer.function


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_whoever_a_route_is_closed_to_gets_one_answer(town: Town, method: str, path: str) -> None:
    """To the letter the same, headers included, after exactly one look-up; whether the thing is there or not."""
    nobody = town.ask(method, path, {})
    assert (nobody.status, nobody.body["code"]) == (401, "unauthenticated")
    assert (nobody.authorizer, nobody.function) == (ONE_LOOK_UP, NO_CALL)
    for why, headers in _refused(SCOPE[(method, path)]).items():
        for names in (town.owned, NOTHING):
            assert _told(town.ask(method, path, headers, names), names) == _told(nobody, town.owned), why


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_the_one_answer_says_which_key_would_do(town: Town, method: str, path: str) -> None:
    """The scope of the route and how a key is sent: an honest caller knows what to mend."""
    answer = town.ask(method, path, {})
    assert SCOPE[(method, path)] in answer.body["detail"]
    assert "`Authorization: Bearer rw_…`" in answer.body["detail"]
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


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
    assert (answer.status, answer.body["code"]) == (403, "tenant_suspended")
    assert "suspended" in answer.body["detail"]
    assert answer.said(*town.owned.values()) == missing.said(*NOTHING.values())
    assert answer.function == NO_CALL


@pytest.mark.parametrize(("method", "path"), [one for one in CLOSED if one not in FORBIDDEN_TO_SUSPENDED])
def test_a_suspended_tenant_may_still_look(town: Town, method: str, path: str) -> None:
    """Its own lists are there; what is not its own is not."""
    assert town.ask(method, path, key("banned")).status == (404 if "{" in path else 200)
