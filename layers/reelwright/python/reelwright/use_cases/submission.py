"""Send an attempt to the provider, and sort every outcome: accepted, refused, put back, unknown."""

from dataclasses import dataclass, replace
from typing import Final

from reelwright.domain import moves
from reelwright.domain.attempt import AttemptStatus
from reelwright.domain.errors import Stale
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job, JobError
from reelwright.domain.lane import account_of
from reelwright.domain.policy import SendingPolicy
from reelwright.domain.provider_errors import (
    AccountBlocked,
    AlreadyExists,
    OutcomeUnknown,
    OverCapacity,
    ProviderError,
    RateLimited,
    Refused,
    Unreachable,
)
from reelwright.domain.status import Status
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.learning import Accepted, Answer
from reelwright.use_cases.ports import (
    CallbackAddresses,
    Clock,
    Hints,
    Ids,
    Jobs,
    Provider,
    Submission,
    Telemetry,
    Workflows,
)

COOLING: Final[dict[type[ProviderError], str]] = {
    OverCapacity: "over_capacity_cool_seconds",
    RateLimited: "rate_limited_cool_seconds",
    Unreachable: "unreachable_cool_seconds",
    AccountBlocked: "blocked_cool_seconds",
}
"""How long the lane rests after an answer that surely created nothing, by field of the policy."""

SUBMISSION_LOST: Final = JobError(
    "provider_lost", "It never became known whether Kling accepted the task; the hold was released."
)


@dataclass(frozen=True, slots=True)
class SendAttempt:
    """Sends claimed attempts. A create is sent again only under the same id and only after a look-up found nothing."""

    jobs: Jobs
    provider: Provider
    workflows: Workflows
    addresses: CallbackAddresses
    hints: Hints
    clock: Clock
    ids: Ids
    telemetry: Telemetry
    policy: SendingPolicy

    def first(self, job: Job, generation: Generation) -> Answer:
        """Send the attempt that was just claimed."""
        return self._send(job, generation)

    def resume(self, job: Job, generation: Generation) -> Answer:
        """Go on with an attempt whose sender died or whose outcome is unknown. The loser of a race does nothing."""
        now = self.clock.now_ms()
        mine = moves.sending(job, self.ids.owner(), self.policy, now)
        try:
            self.jobs.save(job, mine)
        except Stale:
            return None
        self.telemetry.count("SubmissionResumed")
        return self._adopt_or(mine, resend=generation)

    def _send(self, job: Job, generation: Generation) -> Answer:
        external_id = job.attempt.external_id
        submission = Submission(
            generation, external_id, self.addresses.address(external_id), account_of(job.attempt.lane)
        )
        try:
            task = self._timed(submission)
        except (AlreadyExists, OutcomeUnknown) as error:
            self.telemetry.count("SubmitUnknown", facts={"code": error.code})
            return self._adopt_or(job, resend=None)
        except Refused as error:
            return self._refuse_again(job, error) if job.attempt.sends else self._refuse(job, error)
        except tuple(COOLING) as error:
            return self._put_back(job, error)
        return self._accept(job, task)

    def _timed(self, submission: Submission) -> Task:
        """Create the task; how long that took is told whatever comes of it."""
        began = self.clock.now_ms()
        try:
            return self.provider.submit(submission)
        finally:
            self.telemetry.measure("SubmitMilliseconds", self.clock.now_ms() - began, "Milliseconds")

    def _adopt_or(self, job: Job, resend: Generation | None) -> Answer:
        """Adopt the task if Kling knows it; else send again (`resend`), or wait until absence means something."""
        try:
            task = self._looked_up(job)
        except ProviderError:
            return self._give_up(job) if self._overdue(job) else self._wait(job)
        if task is not None:
            self.telemetry.count("UnknownEnded", dimension=("outcome", "adopted"))
            return self._accept(job, task)
        if resend is None or self._too_early(job):
            return self._wait(job)
        return self._resend(job, resend)

    def _looked_up(self, job: Job) -> Task | None:
        """The attempt's task, if Kling knows it. Raises ProviderError, which is counted."""
        try:
            return self.provider.look_up(*job.attempt_ref())
        except ProviderError as error:
            self.telemetry.count("LookUpFailed", facts={"code": error.code})
            self.telemetry.trouble("look-up failed", provider_code=error.code)
            raise

    def _too_early(self, job: Job) -> bool:
        """Before the quiet period is over, a task may still show up at Kling."""
        last = job.attempt.sent_ms or job.attempt.claimed_ms
        return self.clock.now_ms() < last + self.policy.quiet_seconds * 1000

    def _overdue(self, job: Job) -> bool:
        """True when it has stayed unknown for so long that the job fails, whether or not Kling can be asked."""
        return self.clock.now_ms() > job.attempt.claimed_ms + self.policy.provider_deadline_seconds * 1000

    def _resend(self, job: Job, generation: Generation) -> Answer:
        if self._overdue(job):
            return self._give_up(job)
        now = self.clock.now_ms()
        attempts = moves.with_attempt(job, sends=job.attempt.sends + 1, sent_ms=now)
        marked = replace(job, attempts=attempts, version=job.version + 1, updated_ms=now)
        self.jobs.save(job, marked)
        self.telemetry.count("UnknownEnded", dimension=("outcome", "resent"))
        return self._send(marked, generation)

    def _accept(self, job: Job, task: Task) -> Answer:
        after = self._record(job, task)
        if after is not None:
            self.telemetry.count("Submitted", facts={"model": job.model})
            self.telemetry.measure("WaitedSeconds", (after.updated_ms - job.created_ms) / 1000, "Seconds")
            self.workflows.start(after)
        return Accepted()

    def _record(self, job: Job, task: Task) -> Job | None:
        """Save what Kling accepted; a callback may have marked the row since we read it."""
        while True:
            after = moves.accepted(job, task, self.policy, self.clock.now_ms())
            if task.status is not TaskStatus.PROCESSING:
                after = replace(after, callback_ms=after.updated_ms)
            try:
                self.jobs.save(job, after)
            except Stale:
                fresh = self.jobs.get(job.id)
                if fresh.attempt.task_id == task.task_id and fresh.status is Status.GENERATING:
                    return fresh
                if fresh.status is not Status.SUBMITTING or fresh.attempt.number != job.attempt.number:
                    return None
                job = fresh
            else:
                return after

    def _refuse_again(self, job: Job, error: Refused) -> Answer:
        """This call created nothing, but an earlier one stayed unknown and may have: Kling is asked once more."""
        try:
            task = self._looked_up(job)
        except ProviderError:
            return self._wait(job)
        return self._accept(job, task) if task else self._refuse(job, error)

    def _refuse(self, job: Job, error: Refused) -> Answer:
        code = "content_refused" if error.moderation else "input_refused"
        told = JobError(
            code, error.message, retryable=False, provider_code=error.code, provider_request_id=error.request_id
        )
        now = self.clock.now_ms()
        after = moves.ended(job, Status.FAILED, "dispatch", now, error=told, attempt=AttemptStatus.REFUSED)
        self.jobs.settle(job, after)
        self.telemetry.count("Refused", facts={"code": error.code})
        self.telemetry.count("Failed", dimension=("reason", code))
        return error

    def _put_back(self, job: Job, error: ProviderError) -> ProviderError:
        """Surely not created: the job keeps its place, the lane rests, and a hint is sent for when it opens.

        That holds for this call alone. Where an earlier one of the attempt stayed unknown, Kling may accept it yet, so
        the job stays bound to its account, cannot be canceled, and is looked up again.
        """
        if job.attempt.sends:
            self._wait(job)
            return error
        seconds: int = getattr(self.policy, COOLING[type(error)])
        now = self.clock.now_ms()
        self.jobs.save_and_free(job, moves.put_back(job, now), now + seconds * 1000)
        self.telemetry.count(type(error).__name__, facts={"code": error.code})
        self.telemetry.trouble("not created", reason=type(error).__name__, provider_code=error.code)
        self.hints.wake(job.lane, job.tenant, job.id, delay_seconds=seconds)
        return error

    def _wait(self, job: Job) -> Answer:
        self.jobs.save(job, moves.unknown(job, self.policy, self.clock.now_ms()))
        self.hints.wake(job.lane, job.tenant, job.id, delay_seconds=self.policy.quiet_seconds)
        return None

    def _give_up(self, job: Job) -> Answer:
        now = self.clock.now_ms()
        after = moves.ended(job, Status.FAILED, "dispatch", now, error=SUBMISSION_LOST, attempt=AttemptStatus.LOST)
        self.jobs.settle(job, after)
        self.telemetry.count("ProviderLost")
        self.telemetry.count("UnknownEnded", dimension=("outcome", "lost"))
        self.telemetry.count("Failed", dimension=("reason", SUBMISSION_LOST.code))
        return None
