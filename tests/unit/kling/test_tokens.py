from email.utils import formatdate
from typing import Any

import jwt
import pytest

from reelwright.adapters.kling.errors import NO_KEYS
from reelwright.adapters.kling.tokens import Tokens
from reelwright.domain.generation import Generation, JobType
from reelwright.domain.provider_errors import AccountBlocked, LookUpFailed
from reelwright.use_cases.ports import Submission
from tests.support.fakes import FakeClock
from tests.support.scripted_kling import OK, FakeCredentials, Reply, ScriptedKling, provider, record, refusal

FOUND = Reply(OK | {"data": record()})
SUBMISSION = Submission(Generation(JobType.TEXT_TO_VIDEO, "kling-v3", "a fox"), "job_1-1", "https://api.example.com/x")


def claims(token: str) -> dict[str, Any]:
    """What the token says, its signature verified with the secret key."""
    options = {"verify_exp": False, "verify_nbf": False}
    read: dict[str, Any] = jwt.decode(token, "S" * 32, algorithms=["HS256"], options=options)  # type: ignore[arg-type]
    return read


def sent_token(script: ScriptedKling, number: int) -> str:
    """The bearer token of one request."""
    return str(script.requests[number].headers["Authorization"]).removeprefix("Bearer ")


def test_claims_are_the_documented_ones() -> None:
    """`iss`, `exp` in 1800 s and `nbf` 5 s ago, HS256, nothing else."""
    clock = FakeClock()
    token = Tokens(FakeCredentials(), clock).bearer()
    now = clock.now_ms() // 1000
    assert claims(token) == {"iss": "AK", "exp": now + 1800, "nbf": now - 5}
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}


def test_a_token_is_kept_until_five_minutes_before_it_expires() -> None:
    """Signing anew happens before Kling could refuse the old one."""
    clock = FakeClock()
    tokens = Tokens(FakeCredentials(), clock)
    first = tokens.bearer()
    clock.advance(1500)
    assert tokens.bearer() == first
    clock.advance(1)
    assert tokens.bearer() != first


def test_rotated_keys_sign_at_once() -> None:
    """A token of old keys is not used once the secret has new ones."""
    credentials = FakeCredentials()
    tokens = Tokens(credentials, FakeClock())
    tokens.bearer()
    credentials.fields = {"access_key": "AK2", "secret_key": "S" * 32}
    assert claims(tokens.bearer())["iss"] == "AK2"


@pytest.mark.parametrize("code", [1003, 1004])
def test_a_token_refused_for_its_time_is_signed_anew_by_the_servers_clock(code: int) -> None:
    """The server's Date header corrects our clock, and the request is sent once more."""
    clock = FakeClock()
    theirs = clock.now_ms() // 1000 + 4000
    date = {"Date": formatdate(theirs, usegmt=True)}
    refused = Reply({"code": code, "message": "time", "request_id": "r"}, 401, date)
    script = ScriptedKling(refused, FOUND)
    assert provider(script, clock).look_up("text_to_video", "kling-v3", "8930") is not None
    assert claims(sent_token(script, 1))["nbf"] == theirs - 5


def test_a_token_is_signed_anew_only_once() -> None:
    """A second refusal is told, not tried again."""
    script = ScriptedKling(refusal(1004, 401), refusal(1004, 401), FOUND)
    with pytest.raises(AccountBlocked):
        provider(script).look_up("text_to_video", "kling-v3", "8930")
    assert len(script.requests) == 2


def test_a_date_that_cannot_be_read_leaves_the_clock_alone() -> None:
    """The token is signed anew all the same."""
    refused = Reply({"code": 1004, "message": "time", "request_id": "r"}, 401, {"Date": "yesterday"})
    script = ScriptedKling(refused, FOUND)
    assert provider(script).look_up("text_to_video", "kling-v3", "8930") is not None


@pytest.mark.parametrize("code", [1000, 1002])
def test_refused_credentials_are_read_again_and_used_if_they_changed(code: int) -> None:
    """A rotation under way costs one more request, not an outage."""
    credentials = FakeCredentials(rotated={"access_key": "AK2", "secret_key": "S" * 32})
    script = ScriptedKling(refusal(code, 401), FOUND)
    assert provider(script, credentials=credentials).look_up("text_to_video", "kling-v3", "8930") is not None
    assert claims(sent_token(script, 1))["iss"] == "AK2"


def test_refused_credentials_that_did_not_change_are_not_tried_again() -> None:
    """Sending the same keys again would only hammer a closed door."""
    script = ScriptedKling(refusal(1002, 401), FOUND)
    with pytest.raises(AccountBlocked):
        provider(script).look_up("text_to_video", "kling-v3", "8930")
    assert len(script.requests) == 1


WITHOUT = {
    "a fresh stage": {"access_key": "", "secret_key": "S" * 32},
    "an account of no keys": {},
    "half a pair": {"access_key": "AK"},
}


@pytest.mark.parametrize("fields", WITHOUT.values(), ids=WITHOUT)
def test_without_keys_a_create_is_surely_not_made(fields: dict[str, str]) -> None:
    """The account is blocked, as for keys that Kling refuses; no byte goes out."""
    script = ScriptedKling(FOUND)
    with pytest.raises(AccountBlocked) as caught:
        provider(script, credentials=FakeCredentials(fields)).submit(SUBMISSION)
    assert (caught.value.code, script.requests) == (NO_KEYS, [])


@pytest.mark.parametrize("fields", WITHOUT.values(), ids=WITHOUT)
def test_without_keys_a_look_up_says_nothing(fields: dict[str, str]) -> None:
    """It failed: it neither finds a task nor says that there is none."""
    script = ScriptedKling(FOUND)
    with pytest.raises(LookUpFailed):
        provider(script, credentials=FakeCredentials(fields)).look_up("text_to_video", "kling-v3", "8930")
    assert script.requests == []


def test_keys_that_vanish_between_two_tries_leave_nothing_created() -> None:
    """Kling refused the old pair, and the new secret holds none: the account is blocked."""
    credentials = FakeCredentials(rotated={"access_key": ""})
    script = ScriptedKling(refusal(1002, 401), FOUND)
    with pytest.raises(AccountBlocked):
        provider(script, credentials=credentials).submit(SUBMISSION)
    assert len(script.requests) == 1


def test_keys_that_were_stored_meanwhile_are_found_without_a_new_process() -> None:
    """A warm function looks again, once in ten seconds, where it knew of none."""
    credentials = FakeCredentials({"access_key": ""}, rotated={"access_key": "AK", "secret_key": "S" * 32})
    script = ScriptedKling(FOUND)
    assert provider(script, credentials=credentials).look_up("text_to_video", "kling-v3", "8930") is not None
    assert len(script.requests) == 1
