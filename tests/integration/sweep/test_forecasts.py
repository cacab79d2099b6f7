"""What waiting jobs are told to expect: said after the repairs, and never instead of them."""

from collections.abc import Iterator

import pytest

from reelwright.adapters.aws.table import keys
from reelwright.domain.attempt import external_id
from reelwright.use_cases import forecasting
from tests.integration.sweep.spoiling import row
from tests.support.pipeline import LANE, Pipeline


def experienced(pipeline: Pipeline) -> None:
    """A lane that has finished a task of two minutes."""
    first = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.clock.advance(120)
    pipeline.provider.finish(external_id(first, 1))
    pipeline.finalizing.finalize(first, 1)


def test_a_job_that_waits_is_told_anew_after_the_repairs(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it may expect is said last; where no forecast can be made, all repairs are made all the same."""
    experienced(pipeline)
    waiting = pipeline.submit().job_id
    before = pipeline.job(waiting).expected_ms
    pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
    monkeypatch.setattr("reelwright.adapters.aws.table.jobs.TableJobs.backlog", broken)
    pipeline.hints.sent.clear()
    assert pipeline.sweeping.sweep() == 1
    assert pipeline.telemetry.counts["ForecastFailed"] == 1
    assert (pipeline.job(waiting).expected_ms, pipeline.hints.sent[0][2]) == (before, waiting)
    monkeypatch.undo()
    later = pipeline.submit().job_id
    pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
    pipeline.sweeping.sweep()
    assert pipeline.job(later).expected_ms == pipeline.clock.now_ms() + 120_000 * 9 // 8


def broken(*_: object) -> Iterator[object]:
    """No backlog can be read."""
    raise ConnectionError


def test_only_so_many_waiting_jobs_are_counted(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lane's row holds the tenants that wait, and no backlog may make it outgrow what a row can hold."""
    monkeypatch.setattr(forecasting, "WAITING", 2)
    experienced(pipeline)
    for name in ("a", "b", "c"):
        pipeline.tenant(name)
        pipeline.submit(name)
    pipeline.sweeping.sweep()
    assert set(row(pipeline, keys.lane(LANE))["forecast"]["M"]["waiting"]["M"]) == {"a", "b"}
