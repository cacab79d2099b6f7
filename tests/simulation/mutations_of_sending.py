"""What each guard on the way to Kling would be like if it were missing."""

from dataclasses import replace
from typing import Any

from reelwright.domain import moves
from reelwright.domain.fairness import Choice
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane, account_of
from reelwright.domain.provider_errors import ProviderError
from reelwright.domain.task import Task
from reelwright.use_cases.dispatch import DispatchLane
from reelwright.use_cases.outcomes import RecordOutcome
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

    def wait(self: RecordOutcome, job: Job) -> None:
        now = self.clock.now_ms()
        self.jobs.save_and_free(job, moves.put_back(job, now), now)

    return wait


def put_back_after_an_unknown_call(original: Any) -> Any:
    """Let a refusal of the second call speak for the first one too."""

    def put_back(self: RecordOutcome, job: Job, error: ProviderError) -> ProviderError:
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


def forget_the_cap(original: Any) -> Any:
    """Look at the lane's slots only, not at how many of them the tenant has."""
    return lambda row, job, lane, _cap: original(row, job, lane, 1_000)


def free_the_slot_when_accepted(original: Any) -> Any:
    """Give the slot back when Kling has answered, not when it has finished."""

    def record(self: RecordOutcome, job: Job, task: Task) -> Job | None:
        after: Job | None = original(self, job, task)
        if after is not None:
            self.jobs.save_and_free(after, moves.touched(after, self.clock.now_ms()))
        return after

    return record
