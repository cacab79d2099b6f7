"""Kling does not answer a look-up: whoever asks counts it, and the job goes on later as if nobody had asked."""

from collections.abc import Iterator

import pytest

from reelwright.domain.provider_errors import LookUpFailed, OutcomeUnknown
from reelwright.domain.signals import ProviderUnavailable, StillGenerating
from reelwright.domain.status import Status
from reelwright.use_cases.ops.kling_books import Deduction
from reelwright.use_cases.watching import WatchCredit
from tests.support.fake_telemetry import FakeTelemetry
from tests.support.pipeline import Pipeline


@pytest.fixture
def dark(pipeline: Pipeline) -> Pipeline:
    """Kling answers no look-up."""
    pipeline.provider.look_up_script = [LookUpFailed("not now", code="5000")] * 3
    return pipeline


def test_a_submission_counts_it(dark: Pipeline) -> None:
    """An unknown create that cannot be looked up waits, and is one look-up that failed."""
    dark.provider.script = [OutcomeUnknown("?")]
    job_id = dark.submit().job_id
    dark.dispatch()
    assert dark.job(job_id).status is Status.SUBMITTING
    assert dark.telemetry.counts["LookUpFailed"] == 1


def test_a_poll_counts_it(dark: Pipeline) -> None:
    """The task is still generating as far as anybody knows."""
    job_id = dark.submit().job_id
    dark.dispatch()
    with pytest.raises(StillGenerating):
        dark.polling.poll(job_id, 1)
    assert dark.telemetry.counts["LookUpFailed"] == 1


def test_a_finish_counts_it(dark: Pipeline) -> None:
    """No truth, no end."""
    job_id = dark.submit().job_id
    dark.dispatch()
    with pytest.raises(ProviderUnavailable):
        dark.finalizing.finalize(job_id, 1)
    assert dark.telemetry.counts["LookUpFailed"] == 1


class Silent:
    """Books of an account that Kling does not tell."""

    def packs(self, start_ms: int, end_ms: int) -> tuple[()]:
        raise LookUpFailed(f"No answer about {start_ms} to {end_ms}")

    def deductions(self, start_ms: int, end_ms: int) -> Iterator[Deduction]:
        raise LookUpFailed(f"No answer about {start_ms} to {end_ms}")


def test_kling_has_no_pulse_where_it_does_not_tell_its_credit(pipeline: Pipeline) -> None:
    """Counted apart from figures that are missing for reasons of ours."""
    telemetry = FakeTelemetry()
    WatchCredit({"main": Silent()}, pipeline.clock, telemetry, every_minutes=1).watch()
    assert telemetry.counts["CreditUnknown"] == telemetry.counts["ObservationFailed"] == 1
