"""Kling is silent, refuses, lies or has another clock: none of it is taken for something else."""

from typing import Any

import pytest

from reelwright.adapters.kling.adapter import kling_provider
from reelwright.adapters.kling.transport import Transport, new_session
from reelwright.domain.provider_errors import (
    AccountBlocked,
    LookUpFailed,
    OutcomeUnknown,
    OverCapacity,
    ProviderError,
    RateLimited,
    Refused,
)
from reelwright.domain.task import TaskStatus
from tests.integration.kling.both_sides import KIND, MODEL, Kling
from tests.simulators.kling import ACCESS_KEY, SECRET_KEY
from tests.support.fakes import FakeClock
from tests.support.scripted_kling import FakeCredentials


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
