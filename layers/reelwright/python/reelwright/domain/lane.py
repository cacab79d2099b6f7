"""A lane: one provider account × model × pack, its leased slots, its turn among tenants, and what it has learnt."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Slot:
    """A leased slot: whose job holds it and until when (epoch milliseconds)."""

    tenant: str
    expires_ms: int


@dataclass(frozen=True, slots=True)
class Lessons:
    """What answers taught: see `domain.pacing`. `version` counts them, so that none overwrites another.

    `working` is how many tasks the account really lets us have, None while nothing speaks against the limit;
    one more is tried after `probe_ms`, and `probe_gap_seconds` grows while trying fails; `lowered` counts how often
    in a row it was still too many. `interval_ms` is the
    time that must lie between two creates. `failures` counts answers in a row that need an operator (`code`).
    """

    version: int = 0
    working: int | None = None
    probe_ms: int = 0
    probe_gap_seconds: int = 0
    lowered: int = 0
    interval_ms: int = 0
    eases_ms: int = 0
    failures: int = 0
    code: str = ""

    @property
    def any(self) -> bool:
        """True when a success would be news."""
        return self.working is not None or self.interval_ms > 0 or self.failures > 0


@dataclass(frozen=True, slots=True)
class Recent:
    """How many tasks succeeded lately and how long they took together, from acceptance to their seen end."""

    tasks: int = 0
    total_ms: int = 0

    def faded(self) -> "Recent":
        """Half of it, once it is much: what was long ago counts ever less."""
        return Recent(self.tasks // 2, self.total_ms // 2) if self.tasks >= MUCH else self


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane as its row tells it. `turn` is the tenant being served, `deficits` what each may still take of its turn.

    `requests_per_minute` of 0 means no limit of our own; `tat_ms` is when the next create is due at that pace.
    A wake is booked for `wake_ms`. `idle` are tenants that were served and run nothing now: they only take room.
    """

    id: str
    limit: int
    slots: Mapping[str, Slot] = field(default_factory=dict)
    cool_until_ms: int = 0
    paused: bool = False
    turn: str = ""
    deficits: Mapping[str, int] = field(default_factory=dict)
    requests_per_minute: int = 0
    tat_ms: int = 0
    lessons: Lessons = field(default_factory=Lessons)
    recent: Recent = field(default_factory=Recent)
    wake_ms: int = 0
    idle: tuple[str, ...] = ()

    def capacity(self, now_ms: int) -> int:
        """How many tasks may be unfinished now: what was learnt, plus one when it is time to try."""
        working = self.lessons.working
        if working is None:
            return self.limit
        return min(self.limit, working + (1 if self.lessons.probe_ms <= now_ms else 0))

    def free(self, now_ms: int) -> int:
        """How many more jobs may be claimed now."""
        return max(0, self.capacity(now_ms) - len(self.slots))

    @property
    def interval_ms(self) -> int:
        """The pace of creates: ours or the one that was learnt, whichever is slower; 0 for none."""
        ours = 60_000 // self.requests_per_minute if self.requests_per_minute else 0
        return max(ours, self.lessons.interval_ms)

    def opens_ms(self, now_ms: int) -> int:
        """When a free slot may be used: now, or when the lane has cooled and the pace allows."""
        return max(self.cool_until_ms, self.tat_ms - self.interval_ms * BURST if self.interval_ms else 0, now_ms)

    def open(self, now_ms: int) -> bool:
        """True when a job may be claimed now."""
        return not self.paused and self.free(now_ms) > 0 and self.opens_ms(now_ms) == now_ms

    @property
    def typical_ms(self) -> int | None:
        """How long a task took lately; None before one has ended."""
        return self.recent.total_ms // self.recent.tasks if self.recent.tasks else None

    def held_by(self, tenant: str) -> int:
        """How many slots a tenant's jobs hold."""
        return sum(1 for slot in self.slots.values() if slot.tenant == tenant)


MUCH = 100
"""Tasks after which the sweep lets a lane's experience fade."""

BURST = 2
"""Creates that may come early by one interval each: wakes are whole seconds apart, and no turn may be lost to that."""


def lane_id(account: str, model: str) -> str:
    """The lane of a model's video pack at one Kling account (Kling API contract, concurrency)."""
    return f"{account}.{model}.video"


def is_lane(text: str) -> bool:
    """True for what may be a lane's id: an account, a model and a pack."""
    account, _, rest = text.partition(".")
    model, _, pack = rest.partition(".")
    return all((account, model, pack)) and "." not in pack


def account_of(lane: str) -> str:
    """The Kling account of a lane."""
    return lane.split(".", 1)[0]


def siblings(lane: str, accounts: tuple[str, ...]) -> tuple[str, ...]:
    """The lanes that can serve the same jobs, one an account. Jobs wait in the first, their home."""
    model = lane.split(".", 1)[1]
    return tuple(f"{account}.{model}" for account in accounts)
