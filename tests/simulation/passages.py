"""Each call of a port, numbered, and the places where killing its process leaves a world of its own.

Killing leaves behind what was changed, nothing else: places of one process between the same two changes are one world,
tried once. Killing a sweep that has changed nothing is tried once a schedule.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

READS = frozenset(
    {
        *("get", "get_with_request", "idempotent", "waiting_after", "waiting_of", "backlog", "due", "due_holds"),
        *("page", "all", "usage", "running", "look_up"),
    }
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One call: which process made it, to which port and method."""

    number: int
    process: str
    site: str

    @property
    def changes(self) -> bool:
        """Whether the call can leave anything behind."""
        return self.site.rpartition(".")[2] not in READS


@dataclass(frozen=True, slots=True)
class Kill:
    """Kill the process of the passage with this number, before or after it."""

    number: int
    when: str


@dataclass
class Passages:
    """Counts calls and says which of them are fatal; `plan` maps their numbers to `before` or `after`."""

    plan: Mapping[int, str] = field(default_factory=dict)
    seen: list[Passage] = field(default_factory=list)
    struck: int = 0

    def next(self, process: str, site: str) -> Passage:
        """Note the next call."""
        passage = Passage(len(self.seen) + 1, process, site)
        self.seen.append(passage)
        return passage

    def fatal(self, passage: Passage, when: str) -> bool:
        """Whether the process dies here."""
        hit = self.plan.get(passage.number) == when
        self.struck += hit
        return hit


def kills(seen: Sequence[Passage], later_than: int = 0) -> Iterator[Kill]:
    """Every world that one more kill can leave behind."""
    known: set[str] = {passage.process for passage in seen[:later_than]}
    idle = False
    for passage in seen[later_than:]:
        sweeps = passage.process.startswith("sweep")
        if passage.process not in known and not (sweeps and idle):
            yield Kill(passage.number, "before")
        idle = idle or sweeps
        known.add(passage.process)
        if passage.changes:
            yield Kill(passage.number, "after")
