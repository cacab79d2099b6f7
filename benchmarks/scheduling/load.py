"""What is to be done, and the bounds that no scheduler passes."""

from dataclasses import dataclass
from heapq import heapify, heapreplace
from math import exp, log
from random import Random

SHORT_SECONDS, LONG_SECONDS = 90.0, 200.0
"""Nine tasks of ten take between these."""

_MU = log(SHORT_SECONDS * LONG_SECONDS) / 2
_SIGMA = log(LONG_SECONDS / SHORT_SECONDS) / 2 / 1.645


@dataclass(frozen=True, slots=True)
class Load:
    """Durations in milliseconds in order of submission, the account's slots, and creates a minute (0: no limit)."""

    durations_ms: tuple[int, ...]
    slots: int
    per_minute: int = 0

    @property
    def jobs(self) -> int:
        """How many jobs there are."""
        return len(self.durations_ms)


def draw(seed: int, jobs: int) -> tuple[int, ...]:
    """Lognormal durations in milliseconds."""
    rng = Random(seed)  # noqa: S311 - chance that can be repeated is the point
    return tuple(int(1000 * exp(rng.gauss(_MU, _SIGMA))) for _ in range(jobs))


def lengths(seed: int, durations_ms: tuple[int, ...]) -> tuple[int, ...]:
    """Seconds of video that were asked for: longer clips tend to take longer, with as much chance in it as order."""
    rng, middle = Random(seed), exp(_MU) * 1000  # noqa: S311 - chance that can be repeated is the point
    return tuple(10 if log(one / middle) + rng.gauss(0, _SIGMA) > 0 else 5 for one in durations_ms)


def lower_bound_ms(load: Load) -> float:
    """The larger of work by slots and what the rate allows: no schedule is shorter."""
    paced = (load.jobs - 1) * 60_000 / load.per_minute if load.per_minute else 0.0
    return max(sum(load.durations_ms) / load.slots, paced)


def online_ms(load: Load, burst: int = 0) -> float:
    """List scheduling without any latency: the best that is possible without knowing durations in advance.

    With a limit, creates follow each other at its pace, `burst` of them early, as a token bucket allows.
    """
    gap = 60_000 / load.per_minute if load.per_minute else 0.0
    free, due, end = [0.0] * load.slots, 0.0, 0.0
    heapify(free)
    for duration in load.durations_ms:
        start = max(free[0], due - gap * burst)
        due = max(due, start) + gap
        end = max(end, start + duration)
        heapreplace(free, start + duration)
    return end
