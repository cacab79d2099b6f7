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


def long_wait() -> Iterator[str]:
    """A hold that is open for long is not settled while its job may still cost something."""
    pipeline, job_id = staged.at_kling()
    pipeline.clock.advance(QUESTION_SECONDS)
    pipeline.sweeping.sweep()
    if cloud.rows()["TENANT#acme", f"HOLD#{job_id}"]["state"]["S"] != "open":
        yield "a living job's money was released"


def _lapse(pipeline: Pipeline) -> None:
    pipeline.clock.advance(pipeline.policy.slot_lease_seconds)
    pipeline.sweeping.sweep()
