from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

import pytest
from imageio_ffmpeg import get_ffmpeg_exe  # type: ignore[import-untyped]

from reelwright.adapters.kling.adapter import KlingProvider, kling_provider
from reelwright.adapters.kling.callbacks import Callback, parse_callback
from reelwright.adapters.kling.signatures import CallbackSignatures
from reelwright.adapters.kling.transport import Transport, new_session
from reelwright.adapters.media.bucket import Bucket
from reelwright.adapters.media.copier import MediaCopier
from reelwright.adapters.media.cover import CoverMaker
from reelwright.adapters.media.download import Downloader, Limits
from reelwright.adapters.media.guard import Guard, Policy
from reelwright.domain.generation import Generation, JobType
from reelwright.domain.provider_errors import (
    AccountBlocked,
    AlreadyExists,
    LookUpFailed,
    OutcomeUnknown,
    OverCapacity,
    ProviderError,
    RateLimited,
    Refused,
)
from reelwright.domain.signals import CopyFailed
from reelwright.domain.task import TaskStatus
from reelwright.use_cases.ports import Submission
from tests.simulators.kling import ACCESS_KEY, SECRET_KEY, KlingSimulator, Settings, VirtualClock
from tests.support.bucket import CountingS3
from tests.support.fakes import FakeClock
from tests.support.scripted_kling import FakeCredentials

MODEL = "kling-v2-6"
KIND = JobType.TEXT_TO_VIDEO
SECRET = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="


@dataclass
class Kling:
    """A simulator without a socket, our adapter in front of it, and what was called back."""

    simulator: KlingSimulator
    provider: KlingProvider
    received: list[tuple[bytes, dict[str, str]]]

    def submit(self, external_id: str = "job_1-1", **changes: Any) -> Any:
        """Submit a clip."""
        wanted = Generation(**{"type": KIND, "model": MODEL, "prompt": "a fox", "mode": "std"} | changes)
        return self.provider.submit(Submission(wanted, external_id, "https://api.example.com/webhooks/kling/x"))

    def fault(self, name: str, method: str = "POST", **args: Any) -> None:
        """Script one fault of a call."""
        self.simulator.control.add_fault(name, {"method": method}, **args)

    def created(self) -> int:
        """How many tasks there really are."""
        return len(self.simulator.control.tasks())


@pytest.fixture
def kling() -> Iterator[Kling]:
    """Virtual time for both sides."""
    received: list[tuple[bytes, dict[str, str]]] = []

    def receive(_url: str, body: bytes, headers: Any) -> int:
        received.append((body, dict(headers)))
        return 200

    clock = VirtualClock()
    settings = Settings(render="tiny", concurrency=2, webhook_secrets=(SECRET,))
    with KlingSimulator(settings, clock=clock, send=receive) as simulator:
        session = new_session()
        session.mount(simulator.base_url, simulator.transport())
        credentials = FakeCredentials({"access_key": ACCESS_KEY, "secret_key": SECRET_KEY})
        transport = Transport(simulator.base_url, session)
        made = kling_provider(simulator.base_url, credentials, clock, lambda _key: b"", transport)
        yield Kling(simulator, made, received)


@pytest.mark.parametrize("by", ["task id", "external id"])
def test_a_task_is_created_once_and_found_by_both_ids(kling: Kling, by: str) -> None:
    """From submission to success with result and price."""
    task = kling.submit()
    assert (task.status, task.external_id) == (TaskStatus.PROCESSING, "job_1-1")
    kling.simulator.control.run_until_idle()
    found = kling.provider.look_up(KIND, MODEL, task.task_id if by == "task id" else "job_1-1")
    assert found is not None
    assert (found.task_id, found.status, found.deduction) == (task.task_id, TaskStatus.SUCCEEDED, Decimal("1.5"))
    assert len(found.results) == 1


MODELS: dict[str, dict[str, Any]] = {
    "kling-v1": {"cfg_scale": Decimal("0.5"), "camera_control": {"type": "down_back"}, "mode": "std"},
    "kling-v1-6": {"cfg_scale": Decimal("0.5"), "negative_prompt": "blur", "aspect_ratio": "1:1", "mode": "pro"},
    "kling-v2-master": {"negative_prompt": "blur", "mode": None},
    "kling-v2-1-master": {"duration": 10, "mode": None},
    "kling-v2-5-turbo": {"mode": "pro"},
    "kling-v2-6": {"mode": "pro", "sound": True},
    "kling-v3": {"mode": "4k", "duration": 15, "sound": True, "cfg_scale": Decimal("0.3")},
}


@pytest.mark.parametrize("model", MODELS)
def test_what_we_send_is_what_each_model_takes(kling: Kling, model: str) -> None:
    """Kling's validation accepts our body for everything that the model can do."""
    kling.submit(model=model, **MODELS[model])
    assert kling.created() == 1


@pytest.mark.parametrize("model", ["kling-v1-5", "kling-v2-1", "kling-v2-6", "kling-v3"])
def test_image_to_video_is_taken_too(kling: Kling, model: str) -> None:
    """With a first frame by address."""
    kling.submit(type=JobType.IMAGE_TO_VIDEO, model=model, image="https://img.example.com/a.png", mode="pro")
    assert kling.created() == 1


def test_a_repeated_external_id_is_told_as_such(kling: Kling) -> None:
    """And creates nothing."""
    kling.submit()
    with pytest.raises(AlreadyExists):
        kling.submit()
    assert kling.created() == 1


def test_a_full_account_is_told_as_such(kling: Kling) -> None:
    """1303, without `data`."""
    kling.submit("job_1-1")
    kling.submit("job_2-1")
    with pytest.raises(OverCapacity):
        kling.submit("job_3-1")


def test_a_task_that_is_not_there_is_none(kling: Kling) -> None:
    """By either kind of id."""
    assert kling.provider.look_up(KIND, MODEL, "job_9-1") is None
    assert kling.provider.look_up(KIND, MODEL, "123456789") is None


@pytest.mark.parametrize(
    ("fault", "args", "exists"),
    [
        ("accept_then_timeout", {}, True), ("accept_then_timeout", {"close": True}, True), ("timeout", {}, False),
        ("late_accept", {"answer": "http_500", "seconds": 60}, False), ("reset", {}, True),
        ("truncated_json", {}, True), ("empty_envelope", {}, True), ("http_500", {"accepted": True}, True),
        ("http_502", {}, False), ("http_503", {}, False), ("http_504", {"accepted": True}, True),
        ("non_json", {"accepted": True}, True), ("non_json", {}, False),
    ],
)  # fmt: skip
def test_an_ambiguous_submission_is_settled_by_the_look_up(
    kling: Kling, fault: str, args: dict[str, Any], *, exists: bool
) -> None:
    """The submission is unknown whatever happened; the external id tells the truth."""
    kling.fault(fault, **args)
    with pytest.raises(OutcomeUnknown):
        kling.submit()
    assert (kling.provider.look_up(KIND, MODEL, "job_1-1") is not None) is exists


@pytest.mark.parametrize(
    "fault", ["timeout", "reset", "truncated_json", "http_500", "http_502", "http_503", "non_json"]
)
def test_a_look_up_that_fails_is_never_a_missing_task(kling: Kling, fault: str) -> None:
    """Every broken answer is LookUpFailed, and the next look-up works."""
    kling.submit()
    kling.fault(fault, method="GET")
    with pytest.raises(LookUpFailed):
        kling.provider.look_up(KIND, MODEL, "job_1-1")
    assert kling.provider.look_up(KIND, MODEL, "job_1-1") is not None


@pytest.mark.parametrize(
    ("code", "meaning"),
    [(1000, AccountBlocked), (1102, AccountBlocked), (1103, AccountBlocked), (1200, Refused), (1301, Refused),
     (1302, RateLimited), (1303, OverCapacity), (1304, AccountBlocked), (5001, OutcomeUnknown)],
)  # fmt: skip
def test_codes_arrive_as_their_meaning(kling: Kling, code: int, meaning: type[ProviderError]) -> None:
    """With Kling's own HTTP status."""
    kling.fault("error_code", code=code)
    with pytest.raises(meaning) as caught:
        kling.submit()
    assert (caught.value.code, bool(caught.value.request_id)) == (str(code), True)


@pytest.mark.parametrize(("fault", "status"), [
    ("unknown_status", TaskStatus.PROCESSING), ("status_backwards", TaskStatus.PROCESSING),
    ("succeed_without_videos", TaskStatus.SUCCEEDED), ("missing_duration", TaskStatus.SUCCEEDED),
    ("two_videos", TaskStatus.SUCCEEDED),
])  # fmt: skip
def test_lies_about_a_finished_task_end_nothing_wrongly(kling: Kling, fault: str, status: TaskStatus) -> None:
    """An unknown word is no end; a success without a video has no results."""
    kling.submit()
    kling.simulator.control.run_until_idle()
    kling.fault(fault, method="GET")
    found = kling.provider.look_up(KIND, MODEL, "job_1-1")
    assert found is not None
    assert found.status is status
    assert len(found.results) == {"succeed_without_videos": 0, "two_videos": 2}.get(fault, len(found.results))


def test_a_wrong_clock_mends_itself_by_the_servers_date(kling: Kling) -> None:
    """An hour slow: Kling says 1004 once, then takes the new token."""
    slow = FakeClock(kling.simulator.clock.now_ms() - 3_600_000)
    session = new_session()
    session.mount(kling.simulator.base_url, kling.simulator.transport())
    credentials = FakeCredentials({"access_key": ACCESS_KEY, "secret_key": SECRET_KEY})
    transport = Transport(kling.simulator.base_url, session)
    late = kling_provider(kling.simulator.base_url, credentials, slow, lambda _key: b"", transport)
    assert late.look_up(KIND, MODEL, "job_1-1") is None


def test_callbacks_are_signed_and_tell_when_the_task_claims_to_have_ended(kling: Kling) -> None:
    """On every change of status; only the last one claims an end."""
    task = kling.submit()
    kling.simulator.control.run_until_idle()
    signatures = CallbackSignatures(lambda: (SECRET,), kling.simulator.clock)
    parsed = [parse_callback(body) for body, _ in kling.received]
    assert parsed[-1] == Callback("job_1-1", task.task_id, claims_end=True)
    assert [one.claims_end for one in parsed[:-1] if one] == [False] * (len(parsed) - 1)
    body, headers = kling.received[-1]
    assert signatures.accept(headers, body)
    assert not signatures.accept(headers, body + b" ")


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
