"""Hypothesis chooses the order: what is said, what breaks, what dies, and when."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reelwright.domain.job import Job
from tests.simulation.chaos import LENIENT, STRICT, Chaos
from tests.simulation.clients import TENANTS, Clients
from tests.simulation.ending import at_rest, check
from tests.simulation.functions import Deployment
from tests.simulation.invariants import Invariants
from tests.simulation.run import SETTLE_MS
from tests.simulation.sizes import Size
from tests.simulation.world import World
from tests.support.pipeline import LANE

DIALS = ("crash", "transient", "trouble", "late", "lies", "failing", "bad_copy", "lost_hint", "lost_callback", "slow")
PICK = st.integers(0, 20)


class EveryOrder(RuleBasedStateMachine):
    """The deployment of the simulation, with Hypothesis for its fate."""

    @initialize(
        seed=st.integers(0, 1_000),
        slots=st.integers(1, 2),
        attempts=st.integers(1, 3),
        accounts=st.sampled_from((("main",), ("main", "other"))),
        kling=st.sampled_from((STRICT, LENIENT)),
    )
    def deploy(self, seed: int, slots: int, attempts: int, accounts: tuple[str, ...], kling: str) -> None:
        self.world = World(seed, Chaos(kling=kling))
        self.all = Deployment(self.world, Size(slots, slots, attempts, accounts))
        self.checker = Invariants(self.all)
        self.clients = Clients(self.all, 0, 0)
        self.world.after_event = self.checker.always

    @rule(expires=st.sampled_from((None, 120)), tenant=st.sampled_from(TENANTS))
    def submit(self, expires: int | None, tenant: str) -> None:
        self.clients.want(tenant, expires)

    @rule(seconds=st.sampled_from((1, 20, 61, 181, 700, 4_000)))
    def wait(self, seconds: int) -> None:
        self.world.run(self.world.now_ms + seconds * 1000, lambda: bool(self.checker.violations))

    @rule(name=st.sampled_from(DIALS), strength=st.sampled_from((0.0, 0.1, 0.5)))
    def turn(self, name: str, strength: float) -> None:
        setattr(self.world.chaos, name, strength)

    @rule()
    def calm_down(self) -> None:
        self.world.peace()

    @precondition(lambda self: self.world.alive)
    @rule(pick=PICK)
    def kill(self, pick: int) -> None:
        self.world.kill(self.world.alive[pick % len(self.world.alive)])

    @precondition(lambda self: self.all.rows.jobs)
    @rule(pick=PICK, times=st.integers(1, 3))
    def hint(self, pick: int, times: int) -> None:
        job = self._job(pick)
        for _ in range(times):
            self.all.queue.wake(LANE, job.tenant, job.id)

    @precondition(lambda self: self.all.courier.posted)
    @rule(pick=PICK, times=st.integers(1, 3))
    def call_back(self, pick: int, times: int) -> None:
        capability, body = self.all.courier.posted[pick % len(self.all.courier.posted)]
        for _ in range(times):
            self.all.courier.post(capability, body)

    @precondition(lambda self: self.all.kling.tasks)
    @rule(pick=PICK)
    def forge(self, pick: int) -> None:
        made = self.all.kling.tasks[pick % len(self.all.kling.tasks)]
        self.all.courier.post(made.callback_url.rpartition("/")[2], b"end")

    @precondition(lambda self: self.clients.wishes)
    @rule(pick=PICK)
    def cancel(self, pick: int) -> None:
        self.clients.cancel(self.clients.wishes[pick % len(self.clients.wishes)])

    @precondition(lambda self: self.all.rows.jobs)
    @rule(pick=PICK, attempt=st.integers(1, 2), number=st.integers(0, 9))
    def run_again(self, pick: int, attempt: int, number: int) -> None:
        job = self._job(pick)
        name = f"{job.id}-{attempt}-stray{number}"
        if len(job.attempts) >= attempt and name not in self.all.machine.executions:
            self.all.machine.start(name, {"job": job.id, "attempt": attempt})

    @rule()
    def sweep(self) -> None:
        self.all.sweep()

    @invariant()
    def nothing_is_broken(self) -> None:
        assert not self.checker.violations

    def teardown(self) -> None:
        """Without further faults everything ends, and everything adds up."""
        self.world.peace()
        self.world.run(self.world.now_ms + SETTLE_MS, lambda: at_rest(self.all, self.clients))
        check(self.all, self.clients, self.checker)
        self.world.close()
        assert not self.checker.violations

    def _job(self, pick: int) -> Job:
        jobs = sorted(self.all.rows.jobs)
        return self.all.rows.jobs[jobs[pick % len(jobs)]]


EveryOrder.TestCase.settings = settings(
    max_examples=120,
    stateful_step_count=30,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
TestEveryOrder = EveryOrder.TestCase
TestEveryOrder.__doc__ = "Whatever Hypothesis does to it, no invariant breaks and everything comes to rest."
