"""Teach a lane what the provider's answer to a create means for the next one."""

from dataclasses import dataclass
from typing import Final

from reelwright.domain import pacing
from reelwright.domain.lane import Lane, account_of
from reelwright.domain.policy import SendingPolicy
from reelwright.domain.provider_errors import ACCOUNT_WIDE, AccountBlocked, OverCapacity, ProviderError, RateLimited
from reelwright.use_cases.ports import Clock, Hints, Lanes, Telemetry
from reelwright.use_cases.reading import ReadRows


@dataclass(frozen=True, slots=True)
class Accepted:
    """A create that the provider took."""


Answer = Accepted | ProviderError | None
"""How a create ended; None where it taught nothing."""

SIMPLE: Final[dict[type, pacing.Lesson]] = {
    OverCapacity: pacing.over_capacity,
    RateLimited: pacing.rate_limited,
}


@dataclass(frozen=True, slots=True)
class LearnFromAnswers:
    """429s are not ill health: they set the pace; only what needs an operator opens the breaker.

    Keys, arrears and addresses concern every lane of the account: one lane's answer closes them all, and opens them.
    """

    lanes: Lanes
    hints: Hints
    clock: Clock
    telemetry: Telemetry
    policy: SendingPolicy

    def learn(self, lane_id: str, answer: Answer) -> None:
        """Apply the lesson, if there is one; tell the operator once when the breaker opens, and once when it closes."""
        if isinstance(answer, Accepted):
            self._relieved(lane_id)
        elif isinstance(answer, AccountBlocked):
            self._break(lane_id, answer)
        elif lesson := SIMPLE.get(type(answer)):
            self.lanes.learn(lane_id, lesson, self.clock.now_ms())

    def _relieved(self, lane_id: str) -> None:
        """Its own breaker closes last: while it is open, the next success opens what a dead process left shut."""
        before = self.lanes.get(lane_id)
        if not before.lessons.any:
            return
        if before.lessons.failures:
            self._open(_shut(self._beside(lane_id)))
        self.lanes.learn(lane_id, pacing.succeeded, self.clock.now_ms())
        if before.lessons.failures:
            self.telemetry.count("BreakerClosed")
            self.telemetry.note("breaker closed", lane=lane_id)
            self.hints.wake(lane_id, "")

    def _open(self, others: tuple[Lane, ...]) -> None:
        """The account is well again, whatever closed them."""
        for other in others:
            self.lanes.learn(other.id, pacing.recovered, self.clock.now_ms())
            self.hints.wake(other.id, "")

    def _break(self, lane_id: str, answer: AccountBlocked) -> None:
        """What holds for the whole account is told by the lane that opens first, and taught to all its lanes."""
        seconds, now = self.policy.blocked_cool_seconds, self.clock.now_ms()
        others = self._beside(lane_id) if answer.account_wide else ()
        after = self.lanes.learn(lane_id, pacing.blocked(answer.code, seconds), now)
        if after.lessons.failures == 1 and not _shut(others):
            self.telemetry.count("BreakerOpened")
            self.telemetry.trouble("breaker opened: an operator must act", lane=lane_id, provider_code=answer.code)
        for other in others:
            self.lanes.learn(other.id, pacing.blocked(answer.code, seconds, pacing.HALF_OPEN_SECONDS), now)

    def _beside(self, lane_id: str) -> tuple[Lane, ...]:
        """The account's other lanes, as far as they were ever used."""
        account, lanes = account_of(lane_id), self.lanes.all(ReadRows(self.telemetry).unreadable)
        return tuple(lane for lane in lanes if lane.id != lane_id and account_of(lane.id) == account)


def _shut(lanes: tuple[Lane, ...]) -> tuple[Lane, ...]:
    """Those whose breakers are open for what concerns the whole account."""
    return tuple(lane for lane in lanes if lane.lessons.code in ACCOUNT_WIDE)
