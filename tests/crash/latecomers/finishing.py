"""Finishing: once, by one, and in time."""

from collections.abc import Iterator

from reelwright.domain.provider_errors import Unreachable
from reelwright.domain.signals import FinalizeBusy, ProviderUnavailable, StillGenerating
from reelwright.domain.status import IllegalTransition
from tests.crash import staged
from tests.crash.effects import Killed


def busy_finalizer() -> Iterator[str]:
    """While one finalizer copies, another one does not begin to."""
    pipeline, job_id = staged.at_kling()
    pipeline.provider.finish(f"{job_id}-1")
    vars(pipeline.copier)["copy"] = _killed
    staged.refused(lambda: pipeline.finalizing.finalize(job_id, 1), Killed)
    try:
        pipeline.finalizing.finalize(job_id, 1)
    except (Killed, FinalizeBusy) as met:
        if isinstance(met, Killed):
            yield "two finalizers copy at the same time"


def finalized_twice() -> Iterator[str]:
    """A workflow that comes after the end finds it and goes."""
    pipeline, job_id = staged.ended()
    if staged.refused(lambda: pipeline.finalizing.finalize(job_id, 1), IllegalTransition):
        yield "a job that is over is ended again"


def never_told() -> Iterator[str]:
    """A job whose end Kling never tells does not hold its slot and its money for ever."""
    pipeline, job_id = staged.at_kling()
    pipeline.provider.look_up_script = [Unreachable("silence")] * 3
    pipeline.clock.advance(pipeline.policy.provider_deadline_seconds)
    staged.refused(lambda: pipeline.finalizing.finalize(job_id, 1), ProviderUnavailable)
    if not pipeline.job(job_id).status.terminal:
        yield "a slot and a hold for ever"


def never_told_to_polls() -> Iterator[str]:
    """The poll that finds the deadline over ends such a job by itself."""
    pipeline, job_id = staged.at_kling()
    pipeline.clock.advance(pipeline.policy.provider_deadline_seconds)
    staged.refused(lambda: pipeline.polling.poll(job_id, 1), StillGenerating)
    if not pipeline.job(job_id).status.terminal:
        yield "a slot and a hold for ever"


def _killed(_job_id: str, _url: str) -> tuple[()]:
    raise Killed
