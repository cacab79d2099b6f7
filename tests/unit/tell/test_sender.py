"""What leaves this house, and where it never goes."""

from datetime import UTC, datetime

import pytest

from reelwright.adapters.media.guard import Guard, Policy
from reelwright.adapters.webhooks.sender import GuardedAddresses, GuardedSender, guard
from reelwright.use_cases.tell.ports import Answer
from tests.support.scripted_web import PUBLIC, ScriptedWeb, Wire, answer, redirect
from tests.support.spellings import REFUSED

URL = "https://cdn.example.com/hook?to=us"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()
HEADERS = {"content-type": "application/json", "webhook-id": "evt_1"}


def _post(web: ScriptedWeb, url: str = URL, body: str = "{}") -> Answer:
    return GuardedSender(Guard(Policy(), web.resolve), 15, web.dial).post(url, HEADERS, body)


def test_the_request_is_what_was_signed() -> None:
    """Method, path with query, host, headers and body, to the address that was checked."""
    web = ScriptedWeb([answer(status="204 No Content")])
    assert _post(web, body='{"a":"ü"}') == Answer(204)
    head, _, body = web.sockets[0].sent.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /hook?to=us HTTP/1.1"
    assert {"Host: cdn.example.com", "content-type: application/json", "webhook-id: evt_1"} <= set(lines)
    assert body == '{"a":"ü"}'.encode()
    assert web.dialled == [("cdn.example.com", PUBLIC)]
    assert web.sockets[0].closed


def test_a_redirect_is_an_answer_and_never_followed() -> None:
    """Not even to a good address."""
    web = ScriptedWeb([redirect("https://cdn.example.com/other")])
    assert _post(web) == Answer(302)
    assert len(web.dialled) == 1


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("Fri, 20 Nov 2026 12:01:00 GMT", 60),
        ("9" * 30, 86_400),
        ("soon", 0),
    ],
)
def test_what_a_receiver_asks_for_is_heard(said: str, seconds: int) -> None:
    """From the header that it sent, against our clock."""
    web = ScriptedWeb([answer(status="429 Too Many Requests", Retry_After=said)])
    sender = GuardedSender(Guard(Policy(), web.resolve), 15, web.dial, now=lambda: NOON)
    assert sender.post(URL, HEADERS, "{}") == Answer(429, retry_after_seconds=seconds)


def test_a_body_without_end_is_not_read() -> None:
    """The status is all that counts."""
    read: list[int] = []
    web = ScriptedWeb([answer(lambda: read.append(1), b"x" * 1000, status="200 OK", Content_Length=10**12)])
    assert _post(web) == Answer(200)
    assert read == []


@pytest.mark.parametrize(
    ("wire", "problem"),
    [
        (OSError("no route"), "unreachable"),
        (answer(TimeoutError()), None),
        (Wire([TimeoutError()]), "timeout"),
        (Wire([b"no http at all\r\n\r\n"]), "unreachable"),
        (Wire([ConnectionResetError()]), "unreachable"),
        (Wire([]), "unreachable"),
    ],
)
def test_what_goes_wrong_is_told_in_one_word(wire: Wire | OSError, problem: str | None) -> None:
    """And nothing of the address is told with it."""
    assert _post(ScriptedWeb([wire])) == (Answer(200) if problem is None else Answer(None, problem))  # type: ignore[arg-type]


@pytest.mark.parametrize("url", REFUSED)
def test_no_spelling_of_a_private_address_is_dialled(url: str) -> None:
    """Neither when it is stored nor when it is tried."""
    web = ScriptedWeb()
    assert GuardedAddresses(Guard(Policy(), web.resolve)).refusal(url) is not None
    assert _post(web, url) == Answer(None, "refused_address")
    assert web.dialled == []


@pytest.mark.parametrize("inside", ["169.254.169.254", "127.0.0.1", "10.0.0.8", "::1", "fd00::1"])
def test_a_name_that_turns_inwards_later_is_found_out(inside: str) -> None:
    """It was public when the endpoint was made: every try asks again, and one private address among many is enough."""
    web = ScriptedWeb()
    assert GuardedAddresses(Guard(Policy(), web.resolve)).refusal(URL) is None
    web.names["cdn.example.com"] = [PUBLIC, inside]
    assert _post(web) == Answer(None, "refused_address")
    assert web.dialled == []


def test_a_name_without_an_address_is_refused_in_words() -> None:
    """A typing error is told when it is made."""

    def nobody(_host: str, _port: int) -> list[str]:
        raise OSError

    assert GuardedAddresses(Guard(Policy(), nobody)).refusal(URL) == "the name cannot be resolved"


def test_only_what_the_deployment_trusts_may_be_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """On one machine, receivers on the loopback; nowhere else."""
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_more: [(0, 0, 0, "", ("127.0.0.1", 0))])
    assert GuardedAddresses(guard(("127.0.0.1",))).refusal("http://127.0.0.1:9000/hook") is None
    assert GuardedAddresses(guard(())).refusal("http://127.0.0.1:9000/hook") is not None
