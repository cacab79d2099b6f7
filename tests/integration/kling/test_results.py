"""Results are fetched over a real socket, genuine or spoiled."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from imageio_ffmpeg import get_ffmpeg_exe  # type: ignore[import-untyped]

from reelwright.adapters.kling.adapter import kling_provider
from reelwright.adapters.media.bucket import Bucket
from reelwright.adapters.media.copier import MediaCopier
from reelwright.adapters.media.cover import CoverMaker
from reelwright.adapters.media.download import Downloader, Limits
from reelwright.adapters.media.guard import Guard, Policy
from reelwright.domain.generation import Generation
from reelwright.domain.signals import CopyFailed
from reelwright.use_cases.ports import Submission
from tests.integration.kling.both_sides import KIND, MODEL
from tests.simulators.kling import ACCESS_KEY, SECRET_KEY, KlingSimulator, Settings, VirtualClock
from tests.support.bucket import CountingS3
from tests.support.scripted_kling import FakeCredentials


@pytest.fixture(scope="module")
def served() -> Iterator[KlingSimulator]:
    """A simulator on loopback, for downloads."""
    with KlingSimulator(Settings(render="tiny", concurrency=1000), clock=VirtualClock(), serve=True) as simulator:
        yield simulator


def finished(simulator: KlingSimulator, external_id: str) -> str:
    """The result link of a finished task."""
    credentials = FakeCredentials({"access_key": ACCESS_KEY, "secret_key": SECRET_KEY})
    provider = kling_provider(simulator.base_url, credentials, simulator.clock, lambda _key: b"")
    provider.submit(Submission(Generation(KIND, MODEL, "a fox"), external_id, ""))
    simulator.control.run_until_idle()
    task = provider.look_up(KIND, MODEL, external_id)
    assert task is not None
    return task.results[0]


def copier(store: CountingS3) -> MediaCopier:
    """A copier that trusts loopback, as an embedded deployment does."""
    guard, limits = Guard(Policy(frozenset({"127.0.0.1"}))), Limits(max_bytes=8 << 20, stall_seconds=0.5)
    return MediaCopier(Downloader(guard, limits), Bucket(cast("Any", store), "b"), CoverMaker(get_ffmpeg_exe()))


def test_a_genuine_result_is_copied(served: KlingSimulator) -> None:
    """Over a real socket, into video and cover."""
    store = CountingS3()
    video, cover = copier(store).copy("job_1", finished(served, "genuine-1"))
    assert video.video is not None
    assert abs(video.video.duration_ms - 5000) < 200
    assert sorted(store.objects) == sorted([video.key, cover.key])


@pytest.mark.parametrize(
    ("fault", "args"),
    [
        ("result_truncated", {}), ("result_truncated", {"declared": False}), ("result_oversized", {}),
        ("result_oversized", {"declared": "none"}), ("result_empty", {}), ("result_wrong_type", {"kind": "html"}),
        ("result_wrong_type", {"kind": "garbage"}), ("result_redirect", {"hops": 4}), ("result_expired", {}),
        ("result_redirect", {"to": "http://169.254.169.254/latest/meta-data/"}), ("result_error", {}),
        ("result_redirect", {"to": "file:///etc/passwd"}),
    ],
)  # fmt: skip
def test_a_spoiled_result_is_not_copied_and_the_next_try_works(
    served: KlingSimulator, fault: str, args: dict[str, Any]
) -> None:
    """Nothing is stored of it; the same task's next link gives the video."""
    link = finished(served, f"spoiled-{len(served.control.tasks())}")
    served.control.add_fault(fault, **args)
    store = CountingS3()
    with pytest.raises(CopyFailed):
        copier(store).copy("job_1", link)
    assert store.objects == {}
    served.control.clear_faults()
    assert len(copier(store).copy("job_1", link)) == 2


def test_three_redirects_lead_to_the_video(served: KlingSimulator) -> None:
    """As a CDN may do."""
    link = finished(served, "redirected-1")
    served.control.add_fault("result_redirect", hops=3)
    assert len(copier(CountingS3()).copy("job_1", link)) == 2
