"""One load through the real scheduler."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.scheduling.load import Load
from benchmarks.scheduling.pipeline import Pipeline, Setting
from tests.support.pipeline import CLIP

LONGEST_MS = 30 * 86_400_000


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of it; times in milliseconds since the jobs were there."""

    makespan_ms: int
    finished: int
    over_capacity: int
    rate_limited: int
    peak: int
    table_calls: int
    failed_writes: float

    @property
    def wasted(self) -> int:
        """Calls to Kling that created nothing."""
        return self.over_capacity + self.rate_limited


def started(pipeline: Pipeline, load: Load, lengths: Sequence[int] = ()) -> dict[str, int]:
    """Admit all jobs of the load at once; job id → number. Clips are of 5 s where `lengths` does not say."""
    pipeline.tenant("acme")
    clips = [replace(CLIP, duration=length) for length in lengths] or [CLIP] * load.jobs
    numbers = {pipeline.submit("acme", clip).id: number for number, clip in enumerate(clips)}
    pipeline.kling.duration_ms = lambda external_id: load.durations_ms[numbers[external_id.rpartition("-")[0]]]
    return numbers


def run(load: Load, setting: Setting, lengths: Sequence[int] = ()) -> Figures:
    """Serve the load until its last task has ended."""
    pipeline = Pipeline(setting)
    started(pipeline, load, lengths)
    return served(pipeline, load.jobs)


def served(pipeline: Pipeline, jobs: int, longest_ms: int = LONGEST_MS) -> Figures:
    """Let time pass until so many jobs are finished."""
    world, kling, meter = pipeline.world, pipeline.kling, pipeline.meter
    began = world.now_ms
    world.run(began + longest_ms, lambda: pipeline.telemetry.counts.get("Succeeded", 0) >= jobs)
    world.close()
    if pipeline.queue.failed:
        raise RuntimeError(f"dispatchers failed: {pipeline.queue.failed[:5]}")
    return Figures(
        makespan_ms=max((one.ended_ms for one in kling.runs), default=began) - began,
        finished=len(kling.runs),
        over_capacity=kling.answers["1303"],
        rate_limited=kling.answers["1302"],
        peak=kling.peak,
        table_calls=meter.total,
        failed_writes=meter.failed / max(1, meter.conditional),
    )
