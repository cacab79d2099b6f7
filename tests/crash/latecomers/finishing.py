"""Finishing: once, by one, and in time."""

from collections.abc import Iterator

from reelwright.domain.provider_errors import Unreachable
from reelwright.domain.signals import CopyFailed, FinalizeBusy, ProviderUnavailable, StillGenerating
from reelwright.domain.status import IllegalTransition
from tests.crash import staged
from tests.crash.effects import Killed
from tests.support.patience import usual_policy
from tests.support.pipeline import Pipeline


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


def copy_cut_short() -> Iterator[str]:
    """A copy that failed is tried again while there is time: the video is paid for and is still there."""
    pipeline, job_id = _uncopied(after_seconds=0)
    if pipeline.job(job_id).status.terminal:
        yield "a paid video is given up"


def copy_cut_short_for_ever() -> Iterator[str]:
    """When its time is over the job says that it was not delivered."""
    pipeline, job_id = _uncopied(after_seconds=usual_policy().delivery_deadline_seconds)
    if not pipeline.job(job_id).status.terminal:
        yield "a job without an end"


def _uncopied(after_seconds: int) -> tuple[Pipeline, str]:
    """A video whose second copy fails so long after the first one."""
    pipeline, job_id = staged.at_kling()
    pipeline.provider.finish(f"{job_id}-1")
    pipeline.copier.failures = 2
    staged.refused(lambda: pipeline.finalizing.finalize(job_id, 1), CopyFailed)
    pipeline.clock.advance(after_seconds)
    staged.refused(lambda: pipeline.finalizing.finalize(job_id, 1), CopyFailed)
    return pipeline, job_id


def _killed(_job_id: str, _url: str) -> tuple[()]:
    raise Killed
