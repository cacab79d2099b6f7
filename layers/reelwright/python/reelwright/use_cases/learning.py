"""Teach a lane what the provider's answer to a create means for the next one."""

from dataclasses import dataclass
from typing import Final

from reelwright.domain import pacing
from reelwright.domain.policy import Policy
from reelwright.domain.provider_errors import AccountBlocked, OverCapacity, ProviderError, RateLimited
from reelwright.use_cases.ports import Clock, Hints, Lanes, Telemetry


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
    """429s are not ill health: they set the pace; only what needs an operator opens the breaker."""

    lanes: Lanes
    hints: Hints
    clock: Clock
    telemetry: Telemetry
    policy: Policy

    def learn(self, lane_id: str, answer: Answer) -> None:
        """Apply the lesson, if there is one; tell the operator once when the breaker opens, and once when it closes."""
        if isinstance(answer, Accepted):
            self._relieved(lane_id)
        elif isinstance(answer, AccountBlocked):
            self._break(lane_id, answer)
        elif lesson := SIMPLE.get(type(answer)):
            self.lanes.learn(lane_id, lesson, self.clock.now_ms())

    def _relieved(self, lane_id: str) -> None:
        before = self.lanes.get(lane_id)
        if not before.lessons.any:
            return
        self.lanes.learn(lane_id, pacing.succeeded, self.clock.now_ms())
        if before.lessons.failures:
            self.telemetry.count("BreakerClosed")
            self.telemetry.note("breaker closed", lane=lane_id)
            self.hints.wake(lane_id, "")

    def _break(self, lane_id: str, answer: AccountBlocked) -> None:
        lesson = pacing.blocked(answer.code, self.policy.blocked_cool_seconds)
        after = self.lanes.learn(lane_id, lesson, self.clock.now_ms())
        if after.lessons.failures == 1:
            self.telemetry.count("BreakerOpened")
            self.telemetry.trouble("breaker opened: an operator must act", lane=lane_id, provider_code=answer.code)
