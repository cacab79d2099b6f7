"""Send an attempt to the provider: look before sending again, and sort every outcome."""

from dataclasses import dataclass

from reelwright.domain import moves
from reelwright.domain.errors import Stale
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.lane import account_of
from reelwright.domain.policy import SendingPolicy
from reelwright.domain.provider_errors import AlreadyExists, OutcomeUnknown, ProviderError, Refused
from reelwright.domain.task import Task
from reelwright.use_cases.learning import Answer
from reelwright.use_cases.outcomes import COOLING, RecordOutcome
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
            return self._refuse_again(job, error) if job.attempt.sends else self._outcome.refused(job, error)
        except tuple(COOLING) as error:
            return self._outcome.put_back(job, error)
        return self._outcome.accepted(job, task)

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
            return self._outcome.lost(job) if self._overdue(job) else self._outcome.unknown(job)
        if task is not None:
            self.telemetry.count("UnknownEnded", dimension=("outcome", "adopted"))
            return self._outcome.accepted(job, task)
        if resend is None or self._too_early(job):
            return self._outcome.unknown(job)
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
            return self._outcome.lost(job)
        now = self.clock.now_ms()
        attempts = moves.with_attempt(job, sends=job.attempt.sends + 1, sent_ms=now)
        marked = moves.touched(job, now, attempts=attempts)
        self.jobs.save(job, marked)
        self.telemetry.count("UnknownEnded", dimension=("outcome", "resent"))
        return self._send(marked, generation)

    def _refuse_again(self, job: Job, error: Refused) -> Answer:
        """This call created nothing, but an earlier one stayed unknown and may have: Kling is asked once more."""
        try:
            task = self._looked_up(job)
        except ProviderError:
            return self._outcome.unknown(job)
        return self._outcome.accepted(job, task) if task else self._outcome.refused(job, error)

    @property
    def _outcome(self) -> RecordOutcome:
        return RecordOutcome(self.jobs, self.workflows, self.hints, self.clock, self.telemetry, self.policy)
