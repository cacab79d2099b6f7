"""Sending: nothing that waited too long, for nobody who may not, and never twice."""

from collections.abc import Iterator

from reelwright.domain.provider_errors import OutcomeUnknown, Refused, Unreachable
from tests.crash import staged
from tests.support.pipeline import Pipeline


def expired_meanwhile() -> Iterator[str]:
    """A job that waited longer than its tenant allowed is not sent any more."""
    pipeline = staged.pipeline()
    pipeline.submit(expires_in_seconds=60)
    pipeline.clock.advance(60)
    yield from _sent(pipeline)


def paused_tenant_hinted() -> Iterator[str]:
    """A hint that names a job does not get it past its tenant's pause."""
    pipeline = staged.pipeline()
    job_id = pipeline.submit().job_id
    pipeline.tenants.put(staged.plan(paused=True))
    yield from _sent(pipeline, job_id)


def paused_tenant_in_turn() -> Iterator[str]:
    """Nor does its turn."""
    pipeline = staged.pipeline()
    pipeline.submit()
    pipeline.tenants.put(staged.plan(paused=True))
    yield from _sent(pipeline)


def hinted_elsewhere() -> Iterator[str]:
    """A hint does not get a job into a lane whose slots are another model's."""
    pipeline = staged.pipeline()
    job_id = pipeline.submit().job_id
    pipeline.dispatch(job_id, lane="main.another-model.video")
    if pipeline.provider.creates:
        yield "a task counts where it is not leased"


def unknown_a_moment_ago() -> Iterator[str]:
    """Where Kling may still show what it took, nothing is sent again."""
    pipeline, job_id = _unknown()
    yield from _sent(pipeline, job_id)


def unknown_once_more() -> Iterator[str]:
    """The quiet period begins anew with each call."""
    pipeline, job_id = _unknown()
    pipeline.clock.advance(pipeline.policy.quiet_seconds)
    pipeline.provider.script = [OutcomeUnknown("lost")]
    pipeline.dispatch(job_id)
    yield from _sent(pipeline, job_id)


def unknown_for_too_long() -> Iterator[str]:
    """A submission that stayed unknown until its deadline ends: sent now it would be paid for by nobody."""
    pipeline, job_id = _unknown()
    pipeline.clock.advance(pipeline.policy.provider_deadline_seconds + 1)
    yield from _sent(pipeline, job_id)


def unknown_and_unanswered() -> Iterator[str]:
    """Nor does it hold its slot and its money for ever because Kling cannot be asked."""
    pipeline, job_id = _unknown()
    pipeline.provider.look_up_script = [Unreachable("silence")] * 3
    pipeline.clock.advance(pipeline.policy.provider_deadline_seconds + 1)
    pipeline.dispatch(job_id)
    if not pipeline.job(job_id).status.terminal:
        yield "a slot and a hold for ever"


def refused_after_silence() -> Iterator[str]:
    """A create that is refused does not end the job whose earlier, unanswered one was taken meanwhile."""
    pipeline, job_id = _unknown()
    pipeline.provider.script, pipeline.provider.accept_before_raising = [Refused("no", code="1301")], True
    pipeline.clock.advance(pipeline.policy.quiet_seconds)
    pipeline.dispatch(job_id)
    if pipeline.job(job_id).status.terminal:
        yield "Kling makes a video of nobody's job"


def _unknown() -> tuple[Pipeline, str]:
    """A job of which nobody knows whether Kling took it."""
    pipeline = staged.pipeline()
    pipeline.provider.script = [OutcomeUnknown("lost")]
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    return pipeline, job_id


def _sent(pipeline: Pipeline, job_id: str | None = None) -> Iterator[str]:
    pipeline.dispatch(job_id)
    if pipeline.provider.creates:
        yield "a task was paid for"
