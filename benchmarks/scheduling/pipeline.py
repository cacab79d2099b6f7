"""The use cases as their composition roots wire them, on the simulated clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from benchmarks.scheduling.flow import Flow
from benchmarks.scheduling.kling import Account
from benchmarks.scheduling.latencies import Dice, Latencies
from benchmarks.scheduling.meter import Meter, Timed
from benchmarks.scheduling.queue import HintQueue
from benchmarks.scheduling.store import IndexedJobs, SortedView
from reelwright.adapters.aws.table.keys import DUE_SHARDS
from reelwright.domain.asset import Asset
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.lane import lane_id
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.callback import ReceiveCallback
from reelwright.use_cases.dispatch import DispatchLane
from reelwright.use_cases.finalize import FinalizeJob
from reelwright.use_cases.poll import PollTask
from reelwright.use_cases.submission import SendAttempt
from reelwright.use_cases.submit import SubmitCommand, SubmitVideo
from reelwright.use_cases.sweep import SweepUp
from tests.simulation.chaos import Chaos
from tests.simulation.memory import MemoryForecasts, MemoryLanes, MemoryTenants, Rows
from tests.simulation.world import World
from tests.support.fake_telemetry import FakeTelemetry
from tests.support.fakes import CountingIds, FakeAddresses, FakeCopier, FakeImages
from tests.support.patience import WholePolicy, usual_policy
from tests.support.pipeline import CLIP

SWEEP_MS = 60_000
FUNCTION_MS = 55_000
LANE = lane_id("main", CLIP.model)


@dataclass(frozen=True, slots=True)
class Setting:
    """One simulated deployment. `kling_per_minute` is Kling's own limit, `per_minute` the lane's."""

    seed: int
    slots: int
    per_minute: int = 0
    kling_per_minute: int = 0
    dispatchers: int = 20
    sweeping: bool = True
    policy: WholePolicy = field(default_factory=usual_policy)
    latencies: Latencies = field(default_factory=Latencies)


class _Clock:
    """The world's time."""

    def __init__(self, world: World) -> None:
        self._world = world

    def now_ms(self) -> int:
        """See `ports.Clock.now_ms`."""
        return self._world.now_ms


class _SlowCopier(FakeCopier):
    """Copies as long as the latencies say."""

    def __init__(self, world: World, dice: Dice, median_ms: int) -> None:
        super().__init__()
        self._world, self._dice, self._median_ms = world, dice, median_ms

    def copy(self, job_id: str, url: str) -> tuple[Asset, ...]:
        """See `ports.ResultCopier.copy`."""
        self._world.pause(self._dice.around(self._median_ms))
        return super().copy(job_id, url)


class Pipeline:
    """Everything between a request and its end."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.world = World(setting.seed, Chaos())
        self.dice, self.meter, self.telemetry = Dice(setting.seed), Meter(), FakeTelemetry()
        self._clock, self._ids = _Clock(self.world), CountingIds()
        self._store()
        self._outside()
        self._front()
        self._back()
        if setting.sweeping:
            self.world.at(self.dice.below(SWEEP_MS), self._sweep)

    def _store(self) -> None:
        latencies = self.setting.latencies
        self.rows = Rows(between=lambda: self.world.pause(self.dice.around(latencies.table_read)))
        view = SortedView(self._clock.now_ms, latencies.index_lag)
        self.store = IndexedJobs(self.rows, view, self._clock.now_ms)
        self.lane_store = MemoryLanes(self.rows, self.setting.slots, self.setting.per_minute)
        self.jobs, self.lanes = self._timed(self.store), self._timed(self.lane_store)
        self.tenants = self._timed(MemoryTenants(self.rows))

    def _timed(self, port: Any) -> Any:
        return Timed(self.world, self.dice, self.setting.latencies, self.meter, port)

    def _outside(self) -> None:
        world, dice, setting, latencies = self.world, self.dice, self.setting, self.setting.latencies
        self.kling = Account(world, dice, latencies, setting.slots, setting.kling_per_minute)
        self.kling.ended = self._call_back
        self.queue = HintQueue(world, dice, latencies, setting.dispatchers)
        self.flow = Flow(world, dice, latencies, self.rows, self.meter)
        self._copier = _SlowCopier(world, dice, latencies.copy)

    def _front(self) -> None:
        clock, told, policy = self._clock, self.telemetry, self.setting.policy
        tenants = MemoryTenants(self.rows)
        self.submitting = SubmitVideo(
            self.store,
            tenants,
            self.queue,
            FakeImages(),
            clock,
            self._ids,
            told,
            policy,
            "main",
            MemoryForecasts(self.rows),
        )
        self.calling_back = ReceiveCallback(self.jobs, self.flow, FakeAddresses(), clock, told, lambda _h, _b: True)

    def _back(self) -> None:
        clock, ids, told, policy = self._clock, self._ids, self.telemetry, self.setting.policy
        sending = SendAttempt(self.jobs, self.kling, self.flow, FakeAddresses(), self.queue, clock, ids, told, policy)
        self.dispatching = DispatchLane(
            self.jobs, self.lanes, self.tenants, self.queue, clock, ids, told, policy, sending
        )
        self.queue.serve = self.dispatching.dispatch
        self.flow.poll = PollTask(self.jobs, self.kling, self.queue, clock, told).poll
        self.finalizing = FinalizeJob(self.jobs, self.kling, self._copier, self.queue, clock, ids, told, policy)
        self.flow.finalize = self.finalizing.finalize
        self.sweeping = SweepUp(self.jobs, self.lanes, self.flow, self.queue, clock, told, policy, DUE_SHARDS)

    def tenant(self, name: str, weight: int = 1, at_once: int = 1_000) -> None:
        """Let a tenant in, with money for everything."""
        self.rows.tenants[name] = Tenant(name, Decimal(10**9), at_once, 10**9, weight=weight)

    def submit(self, tenant: str, clip: Generation = CLIP, **more: Any) -> Job:
        """Admit a job at once; its hint goes the usual way."""
        told = self.submitting.submit(SubmitCommand(tenant, clip, "fingerprint", lambda job, _: job.id, **more))
        return self.rows.jobs[told.job_id]

    def _call_back(self, external_id: str) -> None:
        latencies = self.setting.latencies
        delay = self.dice.around(latencies.kling_callback) + self.dice.around(latencies.gateway)
        capability = f"good.{external_id}"

        def receive() -> object:
            self.world.pause(self.dice.around(latencies.function_start))
            return self.calling_back.receive(capability, {}, b"")

        self.world.at(delay, lambda: self._start("webhook", receive))

    def _start(self, name: str, function: Callable[[], object]) -> None:
        self.world.call(name, FUNCTION_MS, function, _forget)

    def _sweep(self) -> None:
        self._start("sweep", self.sweeping.sweep)
        self.world.at(SWEEP_MS, self._sweep)


def _forget(_result: object, _error: BaseException | None) -> None:
    """Nobody waits for the answer."""
