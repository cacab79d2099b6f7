"""The way of a job over the real table, step by step."""

from decimal import Decimal

import pytest

from reelwright.domain import moves
from reelwright.domain.errors import Conflict, IdempotencyMismatch, NotFound, OverBudget, TooManyRequests
from reelwright.domain.fairness import Choice
from reelwright.domain.provider_errors import (
    AccountBlocked,
    LookUpFailed,
    OutcomeUnknown,
    OverCapacity,
    ProviderError,
    Refused,
)
from reelwright.domain.signals import CopyFailed, StillGenerating
from reelwright.domain.status import Status
from reelwright.use_cases.dispatch import Hint
from reelwright.use_cases.submit import SubmitCommand
from tests.support.pipeline import CLIP, LANE, Pipeline


def finished(pipeline: Pipeline, job_id: str) -> None:
    pipeline.dispatch(job_id)
    pipeline.provider.finish(f"{job_id}-1", units="2.5")
    pipeline.finalizing.finalize(job_id, 1)


def test_a_job_holds_then_captures_what_kling_deducted(pipeline: Pipeline) -> None:
    """The estimate is held at admission; at success the deduction is captured and the rest released."""
    job_id = pipeline.submit().job_id
    assert pipeline.job(job_id).held == Decimal("1.5")
    assert pipeline.left() == Decimal("98.5")
    finished(pipeline, job_id)
    job = pipeline.job(job_id)
    assert (job.status, job.captured, job.held) == (Status.SUCCEEDED, Decimal("2.5"), Decimal(0))
    assert pipeline.left() == Decimal("97.5")
    assert pipeline.free() == pipeline.slots


def test_only_as_many_jobs_as_slots_are_at_kling(pipeline: Pipeline) -> None:
    """The third job of a lane with two slots waits, and takes the slot that the first one frees."""
    ids = [pipeline.submit().job_id for _ in range(3)]
    assert pipeline.dispatch() == 2
    assert [pipeline.job(one).status for one in ids] == [Status.GENERATING, Status.GENERATING, Status.QUEUED]
    pipeline.provider.finish(f"{ids[0]}-1")
    pipeline.finalizing.finalize(ids[0], 1)
    assert pipeline.dispatch() == 1
    assert pipeline.job(ids[2]).status is Status.GENERATING


def test_tenants_take_turns(pipeline: Pipeline) -> None:
    """A tenant with one job does not wait behind another tenant's many."""
    pipeline.tenant("zoe")
    for _ in range(5):
        pipeline.submit()
    late = pipeline.submit("zoe").job_id
    assert pipeline.dispatch() == 2
    assert pipeline.job(late).status is Status.GENERATING


def test_a_tenants_cap_leaves_slots_to_others(pipeline: Pipeline) -> None:
    """With a cap of one, the second slot stays free for somebody else."""
    pipeline.tenant("solo", at_once=1)
    for _ in range(3):
        pipeline.submit("solo")
    assert pipeline.dispatch(tenant="solo") == 1
    assert pipeline.free() == 1


def test_priority_goes_before_age(pipeline: Pipeline) -> None:
    """Within a tenant the higher priority is served first."""
    first = pipeline.submit().job_id
    pipeline.clock.advance(1)
    urgent = pipeline.submit(priority=5).job_id
    pipeline.clock.advance(1)
    second = pipeline.submit(priority=1).job_id
    pipeline.dispatch()
    assert pipeline.job(first).status is Status.QUEUED
    assert pipeline.job(urgent).status is pipeline.job(second).status is Status.GENERATING


def test_a_budget_is_never_exceeded(pipeline: Pipeline) -> None:
    """A request that the month's rest does not cover is refused and leaves nothing behind."""
    pipeline.tenant("poor", units="3.5")
    for _ in range(2):
        pipeline.submit("poor")
    with pytest.raises(OverBudget):
        pipeline.submit("poor")
    assert pipeline.left("poor") == Decimal("0.5")
    assert len(pipeline.querying.page("poor", None, 10, None).jobs) == 2


def test_a_raised_budget_counts_at_once(pipeline: Pipeline) -> None:
    """When an operator raises the month's budget, the running month follows."""
    pipeline.tenant("poor", units="2")
    pipeline.submit("poor")
    with pytest.raises(OverBudget):
        pipeline.submit("poor")
    pipeline.tenant("poor", units="4")
    pipeline.submit("poor")
    assert pipeline.left("poor") == Decimal(1)


def test_a_tenants_rate_is_kept(pipeline: Pipeline) -> None:
    """One request more than the rate is told the rate and when to come back."""
    pipeline.tenant("fast", rate=2)
    for _ in range(2):
        pipeline.submit("fast")
    with pytest.raises(TooManyRequests) as caught:
        pipeline.submit("fast")
    assert 0 < (caught.value.retry_after_seconds or 0) <= 60
    assert caught.value.a_minute == 2
    pipeline.clock.advance(60)
    pipeline.submit("fast")


def test_the_same_key_gives_the_same_job(pipeline: Pipeline) -> None:
    """A replay creates nothing and says that it is one; another body under the key is refused."""
    first = pipeline.submit(idempotency_key="k")
    again = pipeline.submit(idempotency_key="k")
    assert (again.job_id, again.answer, again.replayed) == (first.job_id, first.answer, True)
    assert pipeline.left() == Decimal("98.5")
    other = SubmitCommand("acme", CLIP, "other", lambda job, _: job.id, idempotency_key="k")
    with pytest.raises(IdempotencyMismatch):
        pipeline.submitting.submit(other)


def test_a_key_is_forgotten_after_its_time(pipeline: Pipeline) -> None:
    """After 24 hours the key makes a new job, whether or not the table has dropped the row yet."""
    first = pipeline.submit(idempotency_key="k")
    pipeline.clock.advance(pipeline.policy.idempotency_seconds + 1)
    assert pipeline.submit(idempotency_key="k").job_id != first.job_id


def test_cancel_releases_only_what_kling_has_not_seen(pipeline: Pipeline) -> None:
    """A queued job is canceled and its hold released; a submitted one is not."""
    queued, sent = pipeline.submit().job_id, pipeline.submit(priority=10).job_id
    pipeline.limit(1)
    pipeline.dispatch()
    job, _ = pipeline.canceling.cancel("acme", queued)
    assert job.status is Status.CANCELED
    assert pipeline.left() == Decimal("98.5")
    with pytest.raises(Conflict):
        pipeline.canceling.cancel("acme", sent)
    with pytest.raises(NotFound):
        pipeline.canceling.cancel("zoe", queued)


def test_a_timeout_after_accepting_is_adopted_not_paid_twice(pipeline: Pipeline) -> None:
    """Kling created the task but the answer was lost: it is found by its external id."""
    pipeline.provider.script = [OutcomeUnknown("timeout")]
    pipeline.provider.accept_before_raising = True
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    assert pipeline.job(job_id).status is Status.GENERATING
    assert pipeline.provider.creates == 1


def test_an_unknown_outcome_waits_for_the_quiet_period_before_the_same_id_is_sent_again(pipeline: Pipeline) -> None:
    """Absence means something only once no task can show up any more; then the same external id goes out."""
    pipeline.provider.script = [OutcomeUnknown("timeout")]
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.dispatch(job_id)
    assert (pipeline.job(job_id).status, pipeline.provider.creates) == (Status.SUBMITTING, 0)
    pipeline.clock.advance(pipeline.policy.quiet_seconds)
    pipeline.dispatch(job_id)
    assert (pipeline.job(job_id).status, pipeline.provider.creates) == (Status.GENERATING, 1)
    assert list(pipeline.provider.tasks) == [f"{job_id}-1"]


@pytest.mark.parametrize("told", [AccountBlocked("arrears", code="1101"), LookUpFailed("502")])
def test_a_submission_that_can_never_be_looked_up_is_given_up_at_the_deadline(
    pipeline: Pipeline, told: ProviderError
) -> None:
    """Neither answer nor look-up for a day: the job fails as lost, hold and slot come back, and it is counted."""
    pipeline.provider.script = [OutcomeUnknown("timeout")]
    pipeline.provider.look_up_script = [told] * 10
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.clock.advance(pipeline.policy.provider_deadline_seconds)
    pipeline.dispatch(job_id)
    assert pipeline.job(job_id).status is Status.SUBMITTING
    pipeline.clock.advance(pipeline.policy.quiet_seconds)
    pipeline.dispatch(job_id)
    job = pipeline.job(job_id)
    assert job.error
    assert (job.status, job.error.code, pipeline.left(), pipeline.free()) == (
        Status.FAILED,
        "provider_lost",
        Decimal(100),
        2,
    )
    assert pipeline.telemetry.counts["ProviderLost"] == 1


def test_a_full_account_puts_the_job_back_and_rests_the_lane(pipeline: Pipeline) -> None:
    """1303 creates nothing: the job keeps its id and place, nothing is claimed while cooling, and then one less."""
    pipeline.provider.script = [OverCapacity("full", code="1303")]
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    job = pipeline.job(job_id)
    assert (job.status, len(job.attempts), pipeline.free()) == (Status.QUEUED, 1, 1)
    assert pipeline.dispatch() == 0
    pipeline.clock.advance(pipeline.policy.over_capacity_cool_seconds)
    assert pipeline.dispatch() == 1
    assert list(pipeline.provider.tasks) == [f"{job_id}-1"]


def test_a_blocked_account_fails_no_job(pipeline: Pipeline) -> None:
    """Arrears and the like leave jobs queued."""
    pipeline.provider.script = [AccountBlocked("arrears", code="1101")]
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    assert pipeline.job(job_id).status is Status.QUEUED
    assert pipeline.left() == Decimal("98.5")


def test_a_refused_job_costs_nothing_and_frees_its_slot(pipeline: Pipeline) -> None:
    """Moderation at submission ends the job, with the provider's own code, hold released."""
    pipeline.provider.script = [Refused("no", code="1301", request_id="r1")]
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    job = pipeline.job(job_id)
    assert job.error
    assert (job.status, job.error.code, job.error.provider_code) == (Status.FAILED, "content_refused", "1301")
    assert (pipeline.left(), pipeline.free()) == (Decimal(100), 2)


def test_a_failed_task_releases_the_hold(pipeline: Pipeline) -> None:
    """Kling's asynchronous refusal fails the job with the reason, and nothing is captured."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.provider.fail(f"{job_id}-1", "Failure to pass the risk control system")
    assert pipeline.finalizing.finalize(job_id, 1) == Status.FAILED
    job = pipeline.job(job_id)
    assert job.error
    assert (job.error.code, pipeline.left()) == ("content_refused", Decimal(100))


def test_a_failed_copy_is_tried_again_without_generating_again(pipeline: Pipeline) -> None:
    """The slot is free at once, the job stays in finalizing, and the next call copies with a fresh link."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.provider.finish(f"{job_id}-1")
    pipeline.copier.failures = 1
    with pytest.raises(CopyFailed):
        pipeline.finalizing.finalize(job_id, 1)
    assert pipeline.job(job_id).status is Status.FINALIZING
    assert pipeline.free() == 2
    assert pipeline.finalizing.finalize(job_id, 1) == Status.SUCCEEDED
    assert pipeline.provider.creates == 1


def test_what_cannot_be_delivered_is_paid_and_says_so(pipeline: Pipeline) -> None:
    """After the delivery deadline the job fails as `delivery_failed` and captures what Kling deducted."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.provider.finish(f"{job_id}-1", units="2")
    pipeline.copier.failures = 2
    with pytest.raises(CopyFailed):
        pipeline.finalizing.finalize(job_id, 1)
    pipeline.clock.advance(pipeline.policy.delivery_deadline_seconds)
    assert pipeline.finalizing.finalize(job_id, 1) == Status.FAILED
    job = pipeline.job(job_id)
    assert job.error
    assert (job.error.code, job.captured) == ("delivery_failed", Decimal(2))


def test_a_poll_timeout_is_not_a_failure(pipeline: Pipeline) -> None:
    """Polling raises until Kling ends the task; only after the deadline the job counts as lost."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    for _ in range(3):
        pipeline.clock.advance(3600)
        with pytest.raises(StillGenerating):
            pipeline.polling.poll(job_id, 1)
    pipeline.clock.advance(pipeline.policy.provider_deadline_seconds)
    assert pipeline.polling.poll(job_id, 1) == "terminal"
    job = pipeline.job(job_id)
    assert job.error
    assert (job.status, job.error.code, pipeline.left()) == (Status.FAILED, "provider_lost", Decimal(100))


def test_a_callback_wakes_the_workflow_and_changes_nothing_else(pipeline: Pipeline) -> None:
    """News marks the job; the token parked in the table comes back; a forged address does not exist."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    assert pipeline.calling_back.receive(f"good.{job_id}-1", {}, b"end") is False
    assert pipeline.job(job_id).callback_ms == pipeline.clock.now_ms()
    assert pipeline.job(job_id).status is Status.GENERATING
    with pytest.raises(StillGenerating):
        pipeline.finalizing.finalize(job_id, 1)
    assert pipeline.job(job_id).callback_ms is None
    with pytest.raises(NotFound):
        pipeline.calling_back.receive(f"bad.{job_id}-1", {}, b"end")


def test_a_lost_hint_costs_one_sweep(pipeline: Pipeline) -> None:
    """A job that nobody was told about is hinted by the sweep."""
    pipeline.hints.lossy = True
    job_id = pipeline.submit().job_id
    pipeline.hints.lossy = False
    pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
    assert pipeline.sweeping.sweep() == 1
    assert pipeline.hints.sent[0][2] == job_id


def test_a_dead_dispatchers_job_is_resumed(pipeline: Pipeline) -> None:
    """A claim whose dispatcher died lapses; the sweep hints, dispatch looks up and sends under the same id."""
    job_id = pipeline.submit().job_id
    pipeline.provider.script = [ZeroDivisionError()]  # type: ignore[list-item]
    with pytest.raises(ZeroDivisionError):
        pipeline.dispatch()
    assert pipeline.job(job_id).status is Status.SUBMITTING
    pipeline.clock.advance(pipeline.policy.submit_lease_seconds)
    pipeline.hints.sent.clear()
    assert pipeline.sweeping.sweep() == 1
    assert pipeline.hints.sent[0][2] == job_id
    pipeline.dispatch(job_id)
    assert (pipeline.job(job_id).status, pipeline.provider.creates) == (Status.GENERATING, 1)


def test_a_hint_read_too_late_is_passed_on_whole(pipeline: Pipeline) -> None:
    """Where no call to Kling fits any more, none is begun: the next dispatcher is told the same, the job included."""
    job_id = pipeline.submit().job_id
    pipeline.provider.script = [OutcomeUnknown("silence")]
    pipeline.dispatch()
    pipeline.clock.advance(pipeline.policy.quiet_seconds)
    looked_up = pipeline.provider.look_ups
    pipeline.hints.sent.clear()
    assert pipeline.dispatching.dispatch(Hint(LANE, "acme", job_id), pipeline.clock.now_ms()) == 0
    assert pipeline.hints.sent == [(LANE, "acme", job_id, 0)]
    assert pipeline.provider.look_ups == looked_up


def test_a_dead_execution_is_started_again(pipeline: Pipeline) -> None:
    """The sweep finds a generating job that no execution works on and starts one under a new name."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.workflows.dead = set(pipeline.workflows.started)
    assert pipeline.sweeping.execution_ended(job_id)
    assert pipeline.workflows.running(pipeline.job(job_id))


def test_a_job_that_waited_too_long_expires(pipeline: Pipeline) -> None:
    """`expires_in` ends a queued job and releases its hold."""
    job_id = pipeline.submit(expires_in_seconds=120).job_id
    pipeline.clock.advance(60)
    pipeline.sweeping.sweep()
    pipeline.clock.advance(60)
    pipeline.sweeping.sweep()
    assert pipeline.job(job_id).status is Status.EXPIRED
    assert pipeline.left() == Decimal(100)


def test_a_leaked_slot_is_freed_after_its_lease(pipeline: Pipeline) -> None:
    """A slot whose job is over is found by the sweep; one whose job lives has its lease renewed."""
    live = pipeline.submit().job_id
    pipeline.dispatch()
    lane = pipeline.lanes.get(LANE)
    before = pipeline.submit().job_id
    job = pipeline.job(before)
    pipeline.clock.advance(1)
    claimed = moves.claimed(job, "x", LANE, pipeline.policy, pipeline.clock.now_ms())
    choice = Choice(job, job.tenant, {})
    pipeline.jobs.claim(job, claimed, lane, choice, pipeline.clock.now_ms() + 1000, pipeline.tenant())
    pipeline.jobs.save(claimed, moves.put_back(claimed, pipeline.clock.now_ms()))
    pipeline.clock.advance(pipeline.policy.slot_lease_seconds)
    pipeline.sweeping.sweep()
    assert list(pipeline.lanes.get(LANE).slots) == [f"{live}-1"]


def test_pages_come_newest_first_and_go_on_where_they_stopped(pipeline: Pipeline) -> None:
    """A cursor continues without gap or repetition, and a filter looks through as many pages as it needs."""
    ids = [pipeline.submit().job_id for _ in range(5)]
    first = pipeline.querying.page("acme", None, 2, None)
    rest = pipeline.querying.page("acme", None, 10, first.next_rank)
    assert [job.id for job, _ in (*first.jobs, *rest.jobs)] == ids[::-1]
    assert rest.next_rank is None
    pipeline.canceling.cancel("acme", ids[0])
    canceled = pipeline.querying.page("acme", Status.CANCELED, 1, None)
    assert [job.id for job, _ in canceled.jobs] == ids[:1]


def test_an_orphaned_hold_is_settled(pipeline: Pipeline) -> None:
    """A hold that outlived its job (somebody edited the row) is found after a day and released, once."""
    job_id = pipeline.submit().job_id
    job = pipeline.job(job_id)
    pipeline.jobs.save(job, moves.ended(job, Status.CANCELED, "cancel", pipeline.clock.now_ms()))
    pipeline.clock.advance(86_400)
    assert pipeline.sweeping.sweep() == 1
    assert pipeline.left() == Decimal(100)
    assert pipeline.sweeping.sweep() == 0


def test_a_row_that_cannot_be_repaired_does_not_stop_the_sweep(pipeline: Pipeline) -> None:
    """The sweep goes past a spoiled row and repairs the next one."""
    spoiled, other = pipeline.submit().job_id, pipeline.submit().job_id
    change = {"ExpressionAttributeNames": {"#t": "type"}, "ExpressionAttributeValues": {":t": {"S": "?"}}}
    key = {"pk": {"S": f"JOB#{spoiled}"}, "sk": {"S": "JOB"}}
    pipeline.client.update_item(TableName="reelwright", Key=key, UpdateExpression="SET #t = :t", **change)
    pipeline.hints.sent.clear()
    pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
    assert pipeline.sweeping.sweep() == 1
    assert pipeline.telemetry.counts["RepairFailed"] == 1
    assert other in {job for _, _, job, _ in pipeline.hints.sent}


def test_many_spoiled_rows_do_not_hide_what_is_due_behind_them(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that cannot be repaired move out of the way, so that a full look of them is not the last."""
    monkeypatch.setattr("reelwright.use_cases.sweep.BATCH", 1)
    for _ in range(8):
        key = {"pk": {"S": f"JOB#{pipeline.submit().job_id}"}, "sk": {"S": "JOB"}}
        change = {"ExpressionAttributeNames": {"#t": "type"}, "ExpressionAttributeValues": {":t": {"S": "?"}}}
        pipeline.client.update_item(TableName="reelwright", Key=key, UpdateExpression="SET #t = :t", **change)
        pipeline.clock.advance(0.001)
    good = pipeline.submit().job_id
    pipeline.hints.sent.clear()
    for _ in range(9):
        pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
        pipeline.sweeping.sweep()
    assert good in {job for _, _, job, _ in pipeline.hints.sent}
