"""The functions of the deployment, wired like their composition roots, on the simulated world."""

from typing import Any

from infra.settings import FunctionsSettings, WorkflowSettings
from infra.state_machine import Ends, definition
from reelwright.adapters.aws.table.keys import DUE_SHARDS
from reelwright.adapters.aws.workflows import StepFunctionsWorkflows
from reelwright.adapters.kling.capability import CallbackCapabilities
from reelwright.composition.dispatch import SEND_SECONDS
from reelwright.domain.attempt import job_of
from reelwright.use_cases.callback import ReceiveCallback
from reelwright.use_cases.cancel import CancelVideo
from reelwright.use_cases.dispatch import DispatchLane
from reelwright.use_cases.finalize import FinalizeJob
from reelwright.use_cases.poll import PollTask
from reelwright.use_cases.query import QueryVideos
from reelwright.use_cases.submission import SendAttempt
from reelwright.use_cases.submit import SubmitVideo
from reelwright.use_cases.sweep import SweepUp
from tests.simulation.bucket import BucketCopier
from tests.simulation.clocks import SkewedClock
from tests.simulation.courier import Courier
from tests.simulation.kling import Kling
from tests.simulation.machine import Machine
from tests.simulation.memory import MemoryForecasts, MemoryJobs, MemoryLanes, MemoryTenants, Rows
from tests.simulation.provider import UnsureProvider
from tests.simulation.seams import Seam
from tests.simulation.sizes import Size, policy
from tests.simulation.sqs import HintQueue
from tests.simulation.stepfunctions import MACHINE_ARN, FakeStepFunctions
from tests.simulation.world import World
from tests.support.fake_telemetry import FakeTelemetry
from tests.support.fakes import CountingIds, FakeImages

TIMES = FunctionsSettings()
JOB_WRITES = ("save", "note_callback", "clear_callback", "defer_hold", "remember", "expect")
SWEEP_MS = 60_000


class Deployment:
    """Everything between a client and Kling."""

    def __init__(self, world: World, size: Size) -> None:
        self.world, self.size, self.policy = world, size, policy(size)
        self.clock, self.ids, self.telemetry = SkewedClock(world), CountingIds(), FakeTelemetry()
        self._store()
        self._outside()
        self._front()
        self._back()
        world.at(SWEEP_MS, self._sweep_later)

    def _store(self) -> None:
        self.rows = Rows(between=lambda: self.world.pause(self.world.rng.choice((0, 3))))
        self.rows.view.time_ms = lambda: self.world.now_ms
        self.rows.view.lag_ms = lambda: self.world.rng.randint(0, self.world.chaos.lag_ms)
        self.jobs: Any = Seam(self.world, "jobs", MemoryJobs(self.rows, self.clock.now_ms), repeats=JOB_WRITES)
        self.lanes: Any = Seam(
            self.world, "lanes", MemoryLanes(self.rows, self.size.slots), repeats=("free", "renew", "book_wake")
        )
        self.forecasts: Any = Seam(self.world, "forecasts", MemoryForecasts(self.rows))
        self.tenants: Any = Seam(self.world, "tenants", MemoryTenants(self.rows))

    def _outside(self) -> None:
        world = self.world
        self.kling = Kling(world, self.size.accounts, self.size.kling_slots)
        self.copier = BucketCopier(world, self.kling)
        self.queue = HintQueue(world, TIMES.dispatch.timeout_seconds * 1000)
        self.courier = Courier(world)
        self.kling.listen(self.courier.changed)
        self.machine = Machine(
            world, self.rows, definition(WorkflowSettings(), Ends("table", "poll", "finalize", 60, 600))
        )
        self.addresses = CallbackCapabilities("https://api.example", lambda: "a key of more than sixteen characters")
        steps = StepFunctionsWorkflows(FakeStepFunctions(world, self.machine), MACHINE_ARN, self.telemetry)  # type: ignore[arg-type]
        self.hints: Any = Seam(world, "hints", self.queue, breaks=False)
        self.workflows: Any = Seam(world, "workflows", steps, breaks=False)
        self.provider: Any = Seam(world, "provider", UnsureProvider(world, self.kling), breaks=False)

    def _front(self) -> None:
        clock, told = self.clock, self.telemetry
        self.submitting = SubmitVideo(
            self.jobs,
            self.tenants,
            self.hints,
            FakeImages(),
            clock,
            self.ids,
            told,
            self.policy,
            "main",
            self.forecasts,
        )
        self.canceling = CancelVideo(self.jobs, clock, told)
        self.querying = QueryVideos(self.jobs, self.tenants, clock)
        self.calling_back = ReceiveCallback(
            self.jobs, self.workflows, self.addresses, clock, told, lambda _headers, body: body == b"end"
        )
        self.courier.receive = lambda capability, body: self.calling_back.receive(capability, {}, body)

    def _back(self) -> None:
        clock, told, given, accounts = self.clock, self.telemetry, self.policy, self.size.accounts
        sending = SendAttempt(
            self.jobs, self.provider, self.workflows, self.addresses, self.hints, clock, self.ids, told, given
        )
        self.dispatching = DispatchLane(
            self.jobs, self.lanes, self.tenants, self.hints, clock, self.ids, told, given, sending, accounts
        )
        self.polling = PollTask(self.jobs, self.provider, self.hints, clock, told)
        copier: Any = Seam(self.world, "copier", self.copier, breaks=False)
        self.finalizing = FinalizeJob(self.jobs, self.provider, copier, self.hints, clock, self.ids, told, given)
        self.sweeping = SweepUp(
            self.jobs, self.lanes, self.workflows, self.hints, clock, told, given, DUE_SHARDS, accounts
        )
        self._wire()

    def _wire(self) -> None:
        self.queue.serve = self.dispatching.dispatch
        self.queue.until_ms = lambda: self.clock.now_ms() + (TIMES.dispatch.timeout_seconds - SEND_SECONDS) * 1000
        self.machine.tasks = {
            "poll": (TIMES.poll.timeout_seconds * 1000, lambda at: self.polling.poll(at["job"], at["attempt"])),
            "finalize": (
                TIMES.finalize.timeout_seconds * 1000,
                lambda at: self.finalizing.finalize(at["job"], at["attempt"]),
            ),
        }
        self.machine.failed = self._execution_failed

    def sweep(self) -> None:
        """One run of the sweep, in a process of its own."""
        self.world.call("sweep", TIMES.sweep.timeout_seconds * 1000, self.sweeping.sweep, _forget)

    def _sweep_later(self) -> None:
        if not self.world.chance(self.world.chaos.skipped_sweep):
            self.sweep()
        self.world.at(SWEEP_MS, self._sweep_later)

    def _execution_failed(self, name: str) -> None:
        """EventBridge's event, which may be lost."""
        if not self.world.chance(self.world.chaos.skipped_sweep):
            repair = self.sweeping.execution_ended
            self.world.at(500, lambda: self._repair(lambda: repair(job_of(name))))

    def _repair(self, repair: Any) -> None:
        self.world.call("sweep", TIMES.sweep.timeout_seconds * 1000, repair, _forget)


def _forget(_result: object, _error: BaseException | None) -> None:
    """Nobody waits for the answer."""
