"""Whether `expected_at` is kept: four tenants who come one by one and in batches, over eight hours."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from statistics import median

from benchmarks.scheduling.load import draw
from benchmarks.scheduling.pipeline import Pipeline, Setting
from benchmarks.scheduling.runs import served
from reelwright.domain.job import Job

TENANTS = ("acme", "beta", "gamma", "zoe")
SLOTS = 10
MEAN_GAP_MS = 150_000
"""Between two arrivals; one of five is a batch. Together they keep about nine of ten slots busy."""
BATCH = 40
HOURS = 8


@dataclass(frozen=True, slots=True)
class Honesty:
    """How many expectations there were, which share was kept, and how far off the middle one was, in seconds."""

    jobs: int
    kept: float
    median_error_seconds: float
    median_relative_error: float


class Watcher:
    """Writes down what each job's row promised when it was admitted, while it waited, and when it was sent."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.at_admission: dict[str, tuple[int, int]] = {}
        self.at_first_sweep: dict[str, tuple[int, int]] = {}
        self.at_sending: dict[str, tuple[int, int]] = {}
        self._finished: dict[str, int] = {}
        pipeline.rows.committed = self._seen

    def _seen(self, before: Job | None, after: Job) -> None:
        promise = (after.updated_ms, after.expected_ms or 0)
        if before is None:
            self.at_admission[after.id] = promise
        elif after.status == "queued" and before.expected_ms != after.expected_ms:
            self.at_first_sweep.setdefault(after.id, promise)
        elif after.status == "submitting" and before.status == "queued":
            self.at_sending[after.id] = promise
        if after.finished_ms:
            self._finished[after.id] = after.finished_ms

    def honesty(self, promises: dict[str, tuple[int, int]]) -> Honesty:
        """Promises against ends."""
        pairs = [(said, promised, self._finished[job]) for job, (said, promised) in promises.items()]
        return Honesty(
            jobs=len(pairs),
            kept=sum(end <= promised for _, promised, end in pairs) / len(pairs),
            median_error_seconds=median(abs(end - promised) for _, promised, end in pairs) / 1000,
            median_relative_error=median(abs(end - promised) / (end - said) for said, promised, end in pairs),
        )


def honest(seed: int) -> dict[str, Honesty]:
    """Serve the eight hours; what was promised when."""
    pipeline, rng = Pipeline(Setting(seed, SLOTS)), Random(seed)  # noqa: S311 - chance that can be repeated is the point
    watcher, durations = Watcher(pipeline), draw(seed, 100_000)
    for name in TENANTS:
        pipeline.tenant(name)
    pipeline.kling.duration_ms = lambda external_id: durations[int(external_id[4:30]) % len(durations)]
    jobs = _arrivals(pipeline, rng)
    served(pipeline, jobs)
    moments = {
        "at admission": watcher.at_admission,
        "after the first sweep": watcher.at_first_sweep,
        "at sending": watcher.at_sending,
    }
    return {name: watcher.honesty(promises) for name, promises in moments.items()}


def _arrivals(pipeline: Pipeline, rng: Random) -> int:
    at, jobs = 0, 0
    while at < HOURS * 3_600_000:
        at += int(rng.expovariate(1 / MEAN_GAP_MS))
        count = BATCH if rng.random() < 0.2 else 1  # noqa: PLR2004 - one of five
        pipeline.world.at(at, _sending(pipeline, rng.choice(TENANTS), count))
        jobs += count
    return jobs


def _sending(pipeline: Pipeline, tenant: str, count: int) -> Callable[[], None]:
    def send() -> None:
        for _ in range(count):
            pipeline.submit(tenant)

    return send
