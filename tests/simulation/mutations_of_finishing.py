"""What each guard on the way back from Kling would be like if it were missing."""

from dataclasses import replace
from typing import Any

from reelwright.domain import moves
from reelwright.domain.asset import Asset
from reelwright.domain.errors import ReelwrightError, Stale
from reelwright.domain.job import Job
from reelwright.domain.signals import ProviderUnavailable, StillGenerating
from reelwright.domain.status import Status
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.cancel import CancelVideo
from reelwright.use_cases.delivering import DeliverResult
from reelwright.use_cases.finalize import FinalizeJob
from reelwright.use_cases.poll import PollTask


def trust_the_callback(original: Any) -> Any:
    """Believe a callback that says that the task has ended."""

    def truth(self: FinalizeJob, job: Job) -> Task:
        if job.callback_ms is not None:
            return Task(job.attempt.task_id or "", job.attempt.external_id, TaskStatus.FAILED)
        task: Task = original(self, job)
        return task

    return truth


def take_running_for_failed(original: Any) -> Any:
    """Run again what may still be running."""

    def truth(self: FinalizeJob, job: Job) -> Task:
        try:
            task: Task = original(self, job)
        except ReelwrightError:
            return Task(job.attempt.task_id or "", job.attempt.external_id, TaskStatus.FAILED)
        return task

    return truth


def ask_at_once_again(original: Any) -> Any:
    """Take an end that Kling took back for a task that is still running."""

    def truth(self: FinalizeJob, job: Job) -> Task:
        try:
            task: Task = original(self, job)
        except ProviderUnavailable as error:
            raise StillGenerating(job.id) from error
        return task

    return truth


def fail_at_the_first_poll(_original: Any) -> Any:
    """Take a poll without an end for the end."""

    def ended(self: PollTask, job: Job) -> bool:
        self._give_up(job)
        return True

    return ended


def succeed_without_a_file(_original: Any) -> Any:
    """Say succeeded before the bytes are there."""

    def copied(_self: DeliverResult, job_id: str, _task: Task) -> tuple[Asset, ...]:
        return (Asset("video", f"media/{job_id}/00.mp4", "video/mp4", 1, "00" * 32),)

    return copied


def cancel_what_was_sent(original: Any) -> Any:
    """Cancel a job that Kling may have."""

    def cancel(self: CancelVideo, tenant_id: str, job_id: str) -> Any:
        job, generation = self.jobs.get_with_request(job_id)
        if job.status is not Status.SUBMITTING:
            return original(self, tenant_id, job_id)
        now = self.clock.now_ms()
        after = moves.ended(replace(job, status=Status.QUEUED), Status.CANCELED, "cancel", now)
        self.jobs.settle(job, after)
        return after, generation

    return cancel


def forget_that_it_lost(original: Any) -> Any:
    """Write although somebody else wrote first."""

    def expect(self: Any, before: Job) -> None:
        try:
            original(self, before)
        except Stale:
            return

    return expect
