import ssl

import pytest

from reelwright.adapters.media.download import DownloadFailed, Limits
from reelwright.adapters.media.pinned import Budget
from tests.support.scripted_web import PUBLIC, URL, ScriptedWeb, Wire, answer, redirect, whole


def fetch(*wires: Wire | OSError, limits: Limits | None = None) -> bytes:
    """What a download from these wires gives."""
    with ScriptedWeb(list(wires)).downloader(limits=limits).open(URL) as body:
        return b"".join(body.chunks)


def test_an_honest_body_arrives_whole() -> None:
    """Length and bytes as they were sent."""
    web = ScriptedWeb([whole(b"x" * 100_000)])
    with web.downloader().open(URL) as body:
        assert (body.length, b"".join(body.chunks)) == (100_000, b"x" * 100_000)
    assert web.sockets[0].closed


def test_the_request_names_the_host_and_not_the_address() -> None:
    """Host header and path are those of the address, whatever IP was dialled."""
    web = ScriptedWeb([whole(b"x")])
    with web.downloader().open(URL + "?a=b#c"):
        pass
    request = web.sockets[0].sent.decode()
    assert request.startswith("GET /a.mp4?a=b HTTP/1.1\r\n")
    assert "Host: cdn.example.com\r\n" in request
    assert PUBLIC not in request


def test_a_chunked_body_has_no_length() -> None:
    """And arrives all the same."""
    wire = answer(b"3\r\nabc\r\n", b"2\r\nde\r\n0\r\n\r\n", Transfer_Encoding="chunked")
    assert fetch(wire) == b"abcde"


@pytest.mark.parametrize(
    ("wire", "reason"),
    [
        (answer(b"abc", Content_Length=5), "shorter than announced"),
        (answer(b"5\r\nabc", Transfer_Encoding="chunked"), "IncompleteRead"),
        (answer(b"3\r\nabc\r\n", Transfer_Encoding="chunked"), "IncompleteRead"),
        (answer(b"zz\r\nabc\r\n", Transfer_Encoding="chunked"), "IncompleteRead"),
        (answer(b"abc", ConnectionResetError(), Content_Length=5), "ConnectionResetError"),
        (answer(b"abc", TimeoutError(), Content_Length=5), "TimeoutError"),
        (answer(b"x", Content_Length=2_000_000), "larger than allowed"),
        (answer(b"x" * 65536, b"y" * 65536, Content_Encoding="gzip"), "the answer is encoded"),
        (answer(status="403 Forbidden", Content_Length=0), "HTTP 403"),
        (answer(status="410 Gone", Content_Length=0), "HTTP 410"),
        (answer(b"x", status="206 Partial Content", Content_Length=1), "HTTP 206"),
        (answer(status="204 No Content"), "HTTP 204"),
        (answer(status="302 Found", Content_Length=0), "HTTP 302"),
        (Wire([]), "RemoteDisconnected"),
        (Wire([b"SSH-2.0-OpenSSH\r\n"]), "BadStatusLine"),
        (Wire([b"HTTP/1.1 200 OK\r\n", b"a: b\r\n" * 200, b"\r\n"]), "HTTPException"),
        (Wire([b"HTTP/1.1 200 OK\r\na: ", *[b"x" * 4096] * 20]), "LineTooLong"),
    ],
)
def test_whatever_is_not_the_whole_file_fails(wire: Wire, reason: str) -> None:
    """Each with a reason that holds no address."""
    with pytest.raises(DownloadFailed, match=reason) as caught:
        fetch(wire, limits=Limits(max_bytes=100_000))
    assert "example" not in str(caught.value)


def test_a_body_without_end_is_cut_at_the_limit() -> None:
    """No announced length protects us: bytes are counted."""
    with pytest.raises(DownloadFailed, match="larger than allowed"):
        fetch(answer(*[b"x" * 4096] * 100), limits=Limits(max_bytes=100_000))


def test_three_redirects_are_followed_and_not_four() -> None:
    """Relative ones too; every hop is resolved anew."""
    hops = [redirect("/b"), redirect("c?d"), redirect("//cdn.example.com/e")]
    assert fetch(*hops, whole(b"x")) == b"x"
    with pytest.raises(DownloadFailed, match="too many redirects"):
        fetch(redirect("/1"), redirect("/2"), redirect("/3"), redirect("/4"), whole(b"x"))


def test_the_next_checked_address_is_tried_when_one_does_not_answer() -> None:
    """And the last failure is told when none does."""
    web = ScriptedWeb([ConnectionRefusedError(), whole(b"x")], {"cdn.example.com": [PUBLIC, "8.8.8.8"]})
    with web.downloader().open(URL) as body:
        assert b"".join(body.chunks) == b"x"
    assert [address for _, address in web.dialled] == [PUBLIC, "8.8.8.8"]
    with pytest.raises(DownloadFailed, match="SSLCertVerificationError"):
        fetch(ssl.SSLCertVerificationError("hostname cdn.example.com mismatch"))


def test_a_drip_is_given_up_when_its_time_is_over() -> None:
    """Each byte comes in time, the whole does not: headers and body share one budget."""
    now = [0.0]
    budget = Budget(total_seconds=60, stall_seconds=20, clock=lambda: now[0])
    assert budget.next_wait() == 20
    now[0] = 50.0
    assert budget.next_wait() == 10
    now[0] = 60.0
    with pytest.raises(TimeoutError):
        budget.next_wait()


def test_every_read_waits_no_longer_than_a_stall() -> None:
    """The socket's own limit is set before each read and the request."""
    web = ScriptedWeb([whole(b"x" * 20_000)])
    with web.downloader(limits=Limits(stall_seconds=7)).open(URL) as body:
        b"".join(body.chunks)
    assert web.sockets[0].timeouts
    assert max(web.sockets[0].timeouts) <= 7


def test_the_connection_is_closed_when_the_reader_fails() -> None:
    """Nobody else's error leaves a socket open."""
    web = ScriptedWeb([whole(b"x" * 20_000)])
    with pytest.raises(KeyError), web.downloader().open(URL):
        raise KeyError
    assert web.sockets[0].closed
