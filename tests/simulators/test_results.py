from typing import Any

import pytest
import requests

from tests.simulators.caller import Caller
from tests.simulators.kling import KlingSimulator, Settings, VirtualClock


def test_a_signed_link_gives_the_video(caller: Caller) -> None:
    """An MP4 with an honest length, the same bytes each time."""
    link = caller.link()
    first, again = caller.session.get(link), caller.session.get(link)
    assert first.headers["Content-Type"] == "video/mp4"
    assert first.content[4:8] == b"ftyp"
    assert int(first.headers["Content-Length"]) == len(first.content)
    assert first.content == again.content


def test_links_of_different_tasks_give_different_bytes(caller: Caller) -> None:
    """Even thumbnails differ."""
    assert caller.session.get(caller.link("job-1")).content != caller.session.get(caller.link("job-2")).content


@pytest.mark.parametrize(
    "change",
    [("Signature=", "Signature=é"), ("Expires=", "Expires=9"), ("/v-", "/w-"), ("Expires=", "hop=x&Expires=0")],
)
def test_a_link_that_was_tampered_with_is_403(caller: Caller, change: tuple[str, str]) -> None:
    """Path and expiry are signed."""
    assert caller.session.get(caller.link().replace(*change)).status_code == 403


def test_links_expire_and_a_look_up_signs_a_fresh_one() -> None:
    """An old link is 403, the next look-up's works, and after thirty days none does."""
    with KlingSimulator(Settings(render="tiny", link_ttl_seconds=60), clock=VirtualClock()) as simulator:
        caller = Caller(simulator)
        with caller.session:
            old = caller.link()
            simulator.control.advance(60)
            fresh = caller.look_up("job-1")["task_result"]["videos"][0]["url"]
            assert [caller.session.get(link).status_code for link in (old, fresh)] == [403, 200]
            simulator.control.advance(30 * 86_400)
            gone = caller.look_up("job-1")["task_result"]["videos"][0]["url"]
            assert caller.session.get(gone).status_code == 403


def test_by_default_a_link_lives_thirty_days_from_the_end(caller: Caller) -> None:
    """`Expires` follows the task's end, not the look-up."""
    task = caller.finished()
    expires = task["updated_at"] // 1000 + 30 * 86_400
    assert f"Expires={expires}&" in task["task_result"]["videos"][0]["url"]


def test_a_range_can_be_fetched(caller: Caller) -> None:
    """Downloads can be continued."""
    link = caller.link()
    whole = caller.session.get(link).content
    part = caller.session.get(link, headers={"Range": "bytes=10-19"})
    rest = caller.session.get(link, headers={"Range": "bytes=20-"})
    assert (part.status_code, part.content, rest.content) == (206, whole[10:20], whole[20:])
    assert caller.session.get(link, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_a_body_can_be_cut(caller: Caller) -> None:
    """Declared whole and cut, it raises; without a length it is silently short, once."""
    link = caller.link()
    whole = caller.session.get(link).content
    caller.simulator.control.add_fault("result_truncated", bytes=100)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        caller.session.get(link)
    caller.simulator.control.add_fault("result_truncated", bytes=100, declared=False)
    assert caller.session.get(link).content == whole[:100]
    assert caller.session.get(link).content == whole


@pytest.mark.parametrize(("declared", "header"), [("whole", "5000000"), ("none", None)])
def test_a_body_can_be_oversized_and_playable(caller: Caller, declared: str, header: str | None) -> None:
    """It grows by an MP4 box of zeros, with or without saying so beforehand."""
    link = caller.link()
    small = caller.session.get(link).content
    caller.simulator.control.add_fault("result_oversized", bytes=5_000_000, declared=declared)
    answer = caller.session.get(link)
    assert answer.headers.get("Content-Length") == header
    assert len(answer.content) == 5_000_000
    assert answer.content.startswith(small)
    box = answer.content[len(small) :][:16]
    assert (box[:8], int.from_bytes(box[8:], "big")) == (b"\0\0\0\x01free", 5_000_000 - len(small))


@pytest.mark.parametrize(
    ("fault", "args", "content_type"),
    [
        ("result_empty", {}, "video/mp4"),
        ("result_wrong_type", {"kind": "html"}, "text/html"),
        ("result_wrong_type", {"kind": "garbage"}, "video/mp4"),
    ],
)
def test_a_result_can_be_no_video(caller: Caller, fault: str, args: dict[str, Any], content_type: str) -> None:
    """A 200 is not a video yet."""
    link = caller.link()
    caller.simulator.control.add_fault(fault, **args)
    answer = caller.session.get(link)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)
    assert b"ftyp" not in answer.content


def test_a_result_can_be_refused(caller: Caller) -> None:
    """Expired, or broken in between."""
    link = caller.link()
    caller.simulator.control.add_fault("result_expired")
    caller.simulator.control.add_fault("result_error", status=503)
    assert [caller.session.get(link).status_code for _ in range(3)] == [403, 503, 200]


def test_a_result_can_redirect_to_the_genuine_file(caller: Caller) -> None:
    """A chain of the asked length ends at the video."""
    link = caller.link()
    caller.simulator.control.add_fault("result_redirect", hops=3)
    answer = caller.session.get(link)
    assert (len(answer.history), answer.status_code) == (3, 200)
    assert answer.content[4:8] == b"ftyp"


def test_a_result_can_redirect_anywhere(caller: Caller) -> None:
    """The last hop leads wherever the script says."""
    link = caller.link()
    caller.simulator.control.add_fault("result_redirect", to="http://169.254.169.254/latest", hops=2)
    first = caller.session.get(link, allow_redirects=False)
    second = caller.session.get(caller.simulator.base_url + first.headers["Location"], allow_redirects=False)
    assert second.headers["Location"] == "http://169.254.169.254/latest"


def test_a_result_can_be_slow(caller: Caller) -> None:
    """Slowness changes nothing about the bytes; in memory it takes no time."""
    link = caller.link()
    whole = caller.session.get(link).content
    caller.simulator.control.add_fault("result_slow", chunk_bytes=64, seconds=3600)
    assert caller.session.get(link).content == whole
