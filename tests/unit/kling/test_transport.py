"""How requests travel to Kling: once, within time limits, with our credentials alone."""

from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from reelwright.adapters.kling.transport import Transport, new_session
from tests.support.scripted_kling import OK, Reply, ScriptedKling, provider, record


@pytest.mark.parametrize(
    ("kind", "model", "path"),
    [
        ("text_to_video", "kling-v3", "/v1/videos/text2video/job_1-1"),
        ("image_to_video", "kling-v3", "/v1/videos/image2video/job_1-1"),
        ("image_to_video", "kling-v3-omni", "/v1/videos/omni-video/job_1-1"),
    ],
)
def test_a_look_up_asks_below_the_path_that_created(kind: str, model: str, path: str) -> None:
    """By task id or external id alike."""
    script = ScriptedKling(Reply(OK | {"data": record()}))
    provider(script).look_up(kind, model, "job_1-1")
    assert (script.requests[0].method, script.requests[0].path_url) == ("GET", path)


def test_a_reference_cannot_leave_its_path() -> None:
    """Slashes and dots of an id are escaped."""
    script = ScriptedKling(Reply({"code": 1201, "message": "Task not found by id", "request_id": ""}, 400))
    provider(script).look_up("text_to_video", "kling-v3", "../x?y")
    assert script.requests[0].path_url == "/v1/videos/text2video/..%2Fx%3Fy"


def test_no_request_is_ever_repeated_below_us() -> None:
    """The session mounts adapters without retries, and takes nothing from the environment."""
    session = new_session()
    adapters = [adapter for adapter in session.adapters.values() if isinstance(adapter, HTTPAdapter)]
    assert [adapter.max_retries.total for adapter in adapters] == [0, 0]
    assert session.trust_env is False


def test_every_request_has_both_time_limits_and_follows_no_redirect() -> None:
    """Connect and read limits are explicit; a redirect is an answer, and a strange one."""
    script = ScriptedKling(Reply(b"", 302, {"Location": "https://evil.example.com/"}))
    session = new_session()
    session.mount("https://", script)
    answer = Transport("https://kling.example.com/", session).send("GET", "/x", "t")
    assert answer.status == 302
    assert all(isinstance(limit, float) for limit in script.timeouts[0])


def test_connections_that_rested_are_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a pause the pool is emptied, because a stale connection would make an outcome unknown."""
    now = [1000.0]
    session = new_session()
    session.mount("https://", ScriptedKling(Reply({}), Reply({}), Reply({})))
    closed: list[float] = []
    monkeypatch.setattr(session, "close", lambda: closed.append(now[0]))
    transport = Transport("https://kling.example.com", session, monotonic=lambda: now[0])
    for at in (1000.0, 1010.0, 1031.0):
        now[0] = at
        transport.send("GET", "/x", "t")
    assert closed == [1000.0, 1031.0]


def test_an_answer_that_drips_is_given_up() -> None:
    """The whole answer has a deadline of its own, not only each read."""
    ticks = iter(range(0, 10_000, 20))
    session = new_session()
    session.mount("https://", ScriptedKling(Reply(b" " * 200_000)))
    transport = Transport("https://kling.example.com", session, monotonic=lambda: float(next(ticks)))
    with pytest.raises(Exception, match="longer than allowed"):
        transport.send("GET", "/x", "t")


def test_the_environment_cannot_add_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """A netrc file would otherwise replace our token."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine kling.example.com login a password b\n")
    monkeypatch.setenv("NETRC", str(netrc))
    script = ScriptedKling(Reply(OK | {"data": record()}))
    provider(script).look_up("text_to_video", "kling-v3", "8930")
    assert str(script.requests[0].headers["Authorization"]).startswith("Bearer ey")


def test_the_script_is_honest() -> None:
    """The stand-in gives what `requests` gives: status, headers and a body to stream."""
    session = requests.Session()
    session.mount("https://", ScriptedKling(Reply(b"abc", 418, {"Date": "x"})))
    answer = session.get("https://a.example.com/", timeout=1)
    assert (answer.status_code, answer.content, answer.headers["date"]) == (418, b"abc", "x")
