"""Deficit round robin: whose job is next.

Shreedhar and Varghese, "Efficient Fair Queuing using Deficit Round Robin", 1995: a tenant's turn gives it a quantum;
it serves jobs as long as their cost fits, and what is left over counts next time, as long as it has jobs waiting.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from reelwright.domain.job import Job

QUANTUM: Final = 5
"""Seconds of video that one turn gives a tenant of weight 1: a common clip, so that turns are short."""

SAVED: Final = 3
"""Turns that a blocked tenant may save: the longest clip, of 15 s, costs as many, so no other loses any."""


@dataclass(frozen=True, slots=True)
class Head:
    """A tenant's next job, and how much of each turn the tenant's plan gives it."""

    tenant: str
    job: Job
    weight: int = 1


class Blocked:
    """A tenant whose jobs wait but may not be served now: paused, or at the most that its plan allows at once."""


BLOCKED: Final = Blocked()


@dataclass(frozen=True, slots=True)
class Choice:
    """The job to serve, and the lane's turn and deficits when it is served."""

    job: Job
    turn: str
    deficits: dict[str, int]


def choose(
    turn: str, deficits: dict[str, int], current: Callable[[], Head | Blocked | None], others: Iterable[Head]
) -> Choice | None:
    """Serve the tenant whose turn it is while its deficit lasts; then whoever comes next in the ring.

    `others` goes round once, beginning after `turn` and ending with it; clips longer than a quantum take several
    rounds. A tenant without jobs loses its deficit; one that is blocked keeps it, up to `SAVED` turns.
    """
    head = current() if deficits.get(turn, 0) > 0 else None
    if isinstance(head, Head) and deficits[turn] >= cost(head.job):
        return Choice(head.job, turn, deficits | {turn: deficits[turn] - cost(head.job)})
    if head is None:
        deficits = {tenant: left for tenant, left in deficits.items() if tenant != turn}
    heads: Iterable[Head] = others
    while True:
        passed: list[Head] = []
        for other in heads:
            left = min(deficits.get(other.tenant, 0), SAVED * quantum(other)) + quantum(other)
            if left >= cost(other.job):
                return Choice(other.job, other.tenant, deficits | {other.tenant: left - cost(other.job)})
            deficits = deficits | {other.tenant: left}
            passed.append(other)
        if not passed:
            return None
        heads = passed


def quantum(head: Head) -> int:
    """Seconds of video that one turn gives the tenant."""
    return QUANTUM * max(head.weight, 1)


def cost(job: Job) -> int:
    """What a job takes of a turn: the seconds of video it asks for."""
    return max(1, job.duration)
