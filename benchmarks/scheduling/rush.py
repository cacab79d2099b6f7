"""Fifty dispatchers that are woken for the same lane at the same moment, on the real adapter."""

from dataclasses import dataclass
from typing import Any

import boto3
from moto import mock_aws

from benchmarks.scheduling.crossing import CrossingClient
from benchmarks.scheduling.kling import Account
from benchmarks.scheduling.latencies import Dice, Latencies
from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.aws.table.lanes import TableLanes
from reelwright.adapters.aws.table.patience import Patience
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.use_cases.dispatch import DispatchLane, Hint
from reelwright.use_cases.submission import SendAttempt
from tests.simulation.chaos import Chaos
from tests.simulation.world import World
from tests.support import table
from tests.support.fakes import FakeClock, FakeWorkflows
from tests.support.patience import usual_policy
from tests.support.pipeline import CLIP, LANE, Pipeline

NAME = "reelwright"
TENANTS = ("acme", "beta", "gamma", "zoe")
FUNCTION_MS, MINUTE_MS = 120_000, 60_000


@dataclass(frozen=True, slots=True)
class Rush:
    """What happened: most slots leased and tasks unfinished at any time, calls and refusals, when the lane was full."""

    slots: int
    dispatchers: int
    most_leased: int
    most_unfinished: int
    over_capacity: int
    sent: int
    writes: int
    conditions_failed: int
    conflicts: int
    calls_per_sent: float
    full_after_ms: int
    errors: tuple[str, ...]


class _WorldClock(FakeClock):
    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def now_ms(self) -> int:
        """The world's time."""
        return self._world.now_ms


def rush(seed: int, slots: int, dispatchers: int, jobs: int) -> Rush:
    """Let all of them loose on a full queue."""
    with mock_aws():
        client = boto3.client("dynamodb", region_name="eu-central-1")
        table.create(client, NAME)
        return _Run(client, seed, slots, dispatchers).run(jobs)


class _Run:
    def __init__(self, client: Any, seed: int, slots: int, dispatchers: int) -> None:
        self.world, self.dice = World(seed, Chaos()), Dice(seed)
        self.slots, self.dispatchers = slots, dispatchers
        self.clock, self.client = _WorldClock(self.world), CrossingClient(client, self.world, self.dice)
        self.front = Pipeline(client, NAME, slots, clock=self.clock)
        self.kling = Account(self.world, self.dice, Latencies(), slots, 0)
        self.kling.duration_ms = lambda _: 3_600_000
        self.leased: list[int] = []
        self.errors: list[str] = []
        self.full_ms = 0

    def _dispatching(self) -> DispatchLane:
        front, clock, policy = self.front, self.clock, usual_policy()
        patience = Patience(lambda seconds: self.world.pause(int(seconds * 1000)), lambda: self.dice.below(100) / 100)
        jobs = TableJobs(self.client, NAME, clock.now_ms, patience)
        lanes = TableLanes(self.client, NAME, self.slots, patience=patience)
        told, hints, ids = front.telemetry, front.hints, front.ids
        send = SendAttempt(jobs, self.kling, FakeWorkflows(), front.sending.addresses, hints, clock, ids, told, policy)
        return DispatchLane(jobs, lanes, TableTenants(self.client, NAME), hints, clock, ids, told, policy, send)

    def run(self, jobs: int) -> Rush:
        for tenant in TENANTS:
            self.front.tenant(tenant, units="10000", at_once=1_000, rate=100_000)
        for number in range(jobs):
            self.front.submit(TENANTS[number % len(TENANTS)], CLIP)
        self.front.lanes.get(LANE)
        self.client.after_transaction = self._look
        began = self.world.now_ms
        for _ in range(self.dispatchers):
            self.world.at(self.dice.below(20), self._dispatch)
        self.world.run(began + 10 * MINUTE_MS, lambda: not self.world.alive and self.world.now_ms > began + MINUTE_MS)
        self.world.close()
        return self._figures(began)

    def _dispatch(self) -> None:
        dispatching, until = self._dispatching(), self.world.now_ms + MINUTE_MS
        hint = Hint(LANE, self.dice.one_of(TENANTS))
        self.world.call("dispatch", FUNCTION_MS, lambda: dispatching.dispatch(hint, until), self._done)

    def _done(self, _result: object, error: BaseException | None) -> None:
        if error is not None:
            self.errors.append(type(error).__name__)

    def _look(self) -> None:
        leased = len(self.front.lanes.get(LANE).slots)
        self.leased.append(leased)
        if leased >= self.slots and not self.full_ms:
            self.full_ms = self.world.now_ms

    def _figures(self, began: int) -> Rush:
        calls, refused = self.client.calls, self.client.refused
        writes = sum(calls[name] for name in ("put_item", "update_item", "transact_write_items"))
        return Rush(
            slots=self.slots,
            dispatchers=self.dispatchers,
            most_leased=max(self.leased),
            most_unfinished=self.kling.peak,
            over_capacity=self.kling.answers["1303"],
            sent=self.kling.answers["accepted"],
            writes=writes,
            conditions_failed=refused["condition"],
            conflicts=refused["conflict"],
            calls_per_sent=calls.total() / max(1, self.kling.answers["accepted"]),
            full_after_ms=self.full_ms - began,
            errors=tuple(self.errors),
        )
