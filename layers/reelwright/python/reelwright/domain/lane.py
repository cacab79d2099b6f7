"""A lane: one provider account × model × pack, its leased slots and its waiting jobs."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Slot:
    """A leased slot: whose job holds it and until when (epoch milliseconds)."""

    tenant: str
    expires_ms: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane as its row tells it; `turn` is the tenant that was served last."""

    id: str
    limit: int
    slots: Mapping[str, Slot] = field(default_factory=dict)
    cool_until_ms: int = 0
    paused: bool = False
    turn: str = ""

    @property
    def free(self) -> int:
        """How many more tasks the account may have unfinished."""
        return max(0, self.limit - len(self.slots))

    def open(self, now_ms: int) -> bool:
        """True when a job may be claimed now."""
        return not self.paused and self.cool_until_ms <= now_ms and self.free > 0

    def held_by(self, tenant: str) -> int:
        """How many slots a tenant's jobs hold."""
        return sum(1 for slot in self.slots.values() if slot.tenant == tenant)


def lane_id(account: str, model: str) -> str:
    """The lane of a model's video pack at one Kling account (Kling API contract, concurrency)."""
    return f"{account}.{model}.video"
