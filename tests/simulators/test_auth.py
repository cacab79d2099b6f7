import pytest

from tests.simulators.caller import TEXT, Caller
from tests.simulators.kling import ACCESS_KEY, KlingSimulator, Settings, VirtualClock

OTHER_SECRET = "another-secret-that-is-long-enough-for-hs256"


def code(caller: Caller, authorization: str) -> tuple[int, int]:
    answer = caller.call("GET", TEXT, authorization)
    return answer.status_code, answer.json()["code"]


def test_a_fresh_token_is_accepted(caller: Caller) -> None:
    """A token signed with the account's secret opens the API."""
    assert caller.call("GET", TEXT).json()["code"] == 0


@pytest.mark.parametrize("header", ["Basic abc", "Bearer", "Bearer not.a.jwt", "Bearer x", "Bearer é.é.é"])
def test_an_unreadable_header_is_1002(caller: Caller, header: str) -> None:
    """Whatever is no bearer JWT is an invalid authorization."""
    assert code(caller, header.encode().decode("latin-1")) == (401, 1002)


def test_an_empty_header_is_1001(caller: Caller) -> None:
    """No authorization has a code of its own."""
    assert code(caller, "") == (401, 1001)


def test_a_wrong_secret_is_1000(caller: Caller) -> None:
    """A signature by another key fails authentication."""
    assert code(caller, f"Bearer {caller.token(secret=OTHER_SECRET)}") == (401, 1000)


def test_an_unknown_issuer_is_1002(caller: Caller) -> None:
    """An access key nobody has is an invalid authorization."""
    assert code(caller, f"Bearer {caller.token(iss='nobody')}") == (401, 1002)


def test_a_token_without_expiry_is_1002(caller: Caller) -> None:
    """The claim `exp` must be a number."""
    assert code(caller, f"Bearer {caller.token(exp=None)}") == (401, 1002)


def test_times_are_checked_by_the_simulators_clock(caller: Caller) -> None:
    """Too early is 1003, too late is 1004, to the second."""
    now = caller.simulator.clock.now_ms() // 1000
    assert code(caller, f"Bearer {caller.token(nbf=now + 1)}") == (401, 1003)
    assert code(caller, f"Bearer {caller.token(exp=now)}") == (401, 1004)
    assert code(caller, f"Bearer {caller.token(nbf=now, exp=now + 1)}") == (200, 0)


def test_a_static_api_key_is_accepted() -> None:
    """An API key is a bearer that needs no signing."""
    with KlingSimulator(Settings(api_keys={"api-key-1": ACCESS_KEY}), clock=VirtualClock()) as simulator:
        caller = Caller(simulator)
        with caller.session:
            assert code(caller, "Bearer api-key-1") == (200, 0)
