"""Hints for jobs that wait, sent by an operator."""

import pytest

from reelwright.domain.status import Status
from tests.integration.ops.office import Office
from tests.integration.ops.repairs.mended import generating
from tests.support.pipeline import LANE


def test_requeue_serves_waiting_jobs_only(office: Office) -> None:
    """A hint for a queued job; a job at Kling or over is refused and stays as it is."""
    at_kling, over = generating(office), office.succeeded().id
    queued = office.pipeline.submit().job_id
    office.pipeline.hints.sent.clear()
    assert office.run(f"job requeue {queued}") == 0
    assert office.pipeline.hints.sent == [(LANE, "acme", queued, 0)]
    assert office.run(f"job requeue {at_kling}") == office.run(f"job requeue {over}") == 4
    assert office.run("job requeue job_nowhere") == 3
    assert office.pipeline.job(over).status is Status.SUCCEEDED


@pytest.mark.parametrize("command", ["requeue", "reconcile"])
def test_a_hint_for_a_queued_job_leaves_no_row(
    office: Office, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may be repeated: the job and its history are as they were, and the report says why."""
    queued = office.pipeline.submit().job_id
    before = office.pipeline.job(queued)
    for _ in range(2):
        office.clock.advance(1)
        assert office.run(f"job {command} {queued}") == 0
        assert "may be repeated" in capsys.readouterr().out
    assert office.pipeline.job(queued) == before
    assert office.box.records.history(queued) == ()
