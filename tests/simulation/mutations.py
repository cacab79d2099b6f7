"""What each guard of the library would be like if it were missing."""

from dataclasses import replace
from typing import Any

from reelwright.domain import moves
from reelwright.domain.asset import Asset
from reelwright.domain.errors import ReelwrightError, Stale
from reelwright.domain.fairness import Choice
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane, account_of
from reelwright.domain.provider_errors import ProviderError
from reelwright.domain.signals import ProviderUnavailable, StillGenerating
from reelwright.domain.status import Status
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.cancel import CancelVideo
from reelwright.use_cases.dispatch import DispatchLane
from reelwright.use_cases.finalize import FinalizeJob
from reelwright.use_cases.poll import PollTask
from reelwright.use_cases.ports import Submission
from reelwright.use_cases.submission import SendAttempt


def constant(value: object) -> Any:
    """A guard that always says the same."""
    return lambda _original: lambda *_args, **_more: value


def resend_blindly(original: Any) -> Any:
    """Send again without looking whether the first call was accepted."""

    def adopt_or(self: SendAttempt, job: Job, resend: Generation | None) -> Any:
        return self._resend(job, resend) if resend is not None else original(self, job, resend)

    return adopt_or


def resend_under_a_new_id(original: Any) -> Any:
    """Give every further call an id of its own, so that Kling cannot refuse the second."""

    def resend(self: SendAttempt, job: Job, generation: Generation) -> Any:
        attempts = moves.with_attempt(job, external_id=f"{job.id}-{job.attempt.sends + 2}")
        return original(self, replace(job, attempts=attempts), generation)

    return resend


def put_back_what_is_unknown(_original: Any) -> Any:
    """Take a time-out for a refusal."""

    def wait(self: SendAttempt, job: Job) -> None:
        now = self.clock.now_ms()
        self.jobs.save_and_free(job, moves.put_back(job, now), now)

    return wait


def put_back_after_an_unknown_call(original: Any) -> Any:
    """Let a refusal of the second call speak for the first one too."""

    def put_back(self: SendAttempt, job: Job, error: ProviderError) -> ProviderError:
        forgotten = replace(job, attempts=moves.with_attempt(job, sends=0))
        answer: ProviderError = original(self, forgotten, error)
        return answer

    return put_back


def send_before_claiming(original: Any) -> Any:
    """Call Kling first and write down afterwards that we do."""

    def serve(self: DispatchLane, lane: Lane, choice: Choice) -> Any:
        claimed = moves.claimed(choice.job, "nobody", lane.id, self.policy, self.clock.now_ms())
        external_id, (_, generation) = claimed.attempt.external_id, self.jobs.get_with_request(claimed.id)
        url = self.send.addresses.address(external_id)
        try:
            self.send.provider.submit(Submission(generation, external_id, url, account_of(lane.id)))
        except ProviderError:
            return 0
        return original(self, lane, choice)

    return serve


def free_the_slot_when_accepted(original: Any) -> Any:
    """Give the slot back when Kling has answered, not when it has finished."""

    def record(self: SendAttempt, job: Job, task: Task) -> Job | None:
        after: Job | None = original(self, job, task)
        if after is not None:
            self.jobs.save_and_free(after, moves.touched(after, self.clock.now_ms()))
        return after

    return record


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

    def copied(_self: FinalizeJob, job_id: str, _task: Task) -> tuple[Asset, ...]:
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
