"""Sweeping: what still belongs to somebody is left to them, what belongs to nobody is not."""

from collections.abc import Iterator

from reelwright.use_cases.holding import QUESTION_SECONDS
from tests.crash import cloud, staged
from tests.crash.latecomers.jobs import second_attempt
from tests.support.pipeline import LANE, Pipeline


def long_task() -> Iterator[str]:
    """A lease that lapsed while Kling still works on its task is renewed, not given to another job."""
    pipeline, _ = staged.at_kling()
    _lapse(pipeline)
    if not pipeline.lanes.get(LANE).slots:
        yield "a slot that Kling counts was given away"


def earlier_attempts_slot() -> Iterator[str]:
    """A slot that an earlier attempt left behind does not live on because a later one runs."""
    pipeline, job_id = second_attempt()
    left = {f"{job_id}-{number}": {"tenant": "acme", "expires_ms": 1} for number in (1, 2)}
    staged.set_lane(pipeline, slots=left, running={"acme": 2})
    pipeline.sweeping.sweep()
    if list(pipeline.lanes.get(LANE).slots) != [f"{job_id}-2"]:
        yield "a paid slot stays empty"


def ended_jobs_slot() -> Iterator[str]:
    """A slot that outlived its job is freed."""
    pipeline, job_id = staged.ended()
    yield from _freed(pipeline, f"{job_id}-1")


def nobodys_slot() -> Iterator[str]:
    """So is one whose job is gone altogether."""
    yield from _freed(staged.pipeline(), "job_1-1")


def long_wait() -> Iterator[str]:
    """A hold that is open for long is not settled while its job may still cost something."""
    pipeline, job_id = staged.at_kling()
    pipeline.clock.advance(QUESTION_SECONDS)
    pipeline.sweeping.sweep()
    if cloud.rows()["TENANT#acme", f"HOLD#{job_id}"]["state"]["S"] != "open":
        yield "a living job's money was released"


def orphaned_hold() -> Iterator[str]:
    """A hold that outlived its job is settled."""
    pipeline, job_id = staged.at_kling()
    hold = cloud.rows()["TENANT#acme", f"HOLD#{job_id}"]
    staged.finish(pipeline, job_id)
    for name, row in cloud.rows().items():
        if name[0].startswith("LEDGER#") and not name[1].endswith("#hold"):
            pipeline.client.delete_item(TableName=cloud.TABLE, Key={key: row[key] for key in ("pk", "sk")})
    pipeline.client.put_item(TableName=cloud.TABLE, Item=hold)
    pipeline.clock.advance(QUESTION_SECONDS)
    pipeline.sweeping.sweep()
    if cloud.rows()["TENANT#acme", f"HOLD#{job_id}"]["state"]["S"] != "closed":
        yield "money is held for ever"


def hint_lost() -> Iterator[str]:
    """A job that nobody was told of is told of again; while its tenant would wait it does not expire."""
    pipeline = staged.pipeline()
    job_id = pipeline.submit().job_id
    pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
    pipeline.sweeping.sweep()
    if pipeline.job(job_id).status.terminal:
        yield "expired before its time"


def paused_past_its_time() -> Iterator[str]:
    """A job whose time is over ends, though no dispatcher comes by it."""
    pipeline = staged.pipeline()
    job_id = pipeline.submit(expires_in_seconds=60).job_id
    staged.set_lane(pipeline, paused=True)
    pipeline.clock.advance(pipeline.policy.hint_repair_seconds + 60)
    pipeline.sweeping.sweep()
    if not pipeline.job(job_id).status.terminal:
        yield "money is held for ever"


def _freed(pipeline: Pipeline, name: str) -> Iterator[str]:
    """Lease a slot under that name, let it lapse, sweep."""
    staged.set_lane(pipeline, slots={name: {"tenant": "acme", "expires_ms": 1}}, running={"acme": 1})
    _lapse(pipeline)
    if pipeline.lanes.get(LANE).slots:
        yield "a paid slot stays empty"


def _lapse(pipeline: Pipeline) -> None:
    pipeline.clock.advance(pipeline.policy.slot_lease_seconds)
    pipeline.sweeping.sweep()
