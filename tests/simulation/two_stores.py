"""Jobs of two stores that should be one: what is read of both, and how they are compared."""

from dataclasses import astuple

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from reelwright.domain.job import Job
from reelwright.domain.status import Status
from reelwright.domain.times import month
from tests.simulation.twins import Twins
from tests.simulation.writes import LANE

TENANTS = st.sampled_from(("acme", "zoe"))
SECONDS = st.sampled_from((-5, 0, 1, 30, 3_600, 90_000))
PICK = st.integers(0, 30)


class TwoStores(RuleBasedStateMachine):
    """The same is asked of both stores, and time passes for both."""

    def __init__(self) -> None:
        super().__init__()
        self.twins = Twins()
        self.plans = {name: self.twins.tenant(name, units, 2, 4) for name, units in (("acme", "6"), ("zoe", "100"))}
        self.older = dict(self.plans)
        self.read: list[Job] = []
        self.admitted: list[str] = []

    def teardown(self) -> None:
        self.twins.close()

    @rule(seconds=SECONDS)
    def wait(self, seconds: int) -> None:
        self.twins.clock.advance(max(seconds, 0))

    @rule(tenant=TENANTS, limit=st.integers(1, 4), shard=st.integers(0, 3), key=st.sampled_from(("k1", "k2", "k3")))
    def ask(self, tenant: str, limit: int, shard: int, key: str) -> None:
        same, now = self.twins.same, self.now
        page = same(lambda store: store.jobs.page(tenant, limit, None))
        same(lambda store: store.jobs.page(tenant, limit, page.next_rank))
        same(lambda store: [store.jobs.waiting_after(LANE, after) for after in ("", "acme", "zoe")])
        same(lambda store: store.jobs.waiting_of(LANE, tenant))
        same(lambda store: tuple(store.jobs.backlog(LANE)))
        same(lambda store: sorted(store.jobs.due(shard, now, 50)))
        same(lambda store: sorted(map(astuple, store.jobs.due_holds(shard, now, 50))))
        same(lambda store: store.jobs.idempotent(tenant, key))
        same(lambda store: store.tenants.usage(self.plans[tenant], month(now)))

    @invariant()
    def rows_are_the_same(self) -> None:
        self.twins.assert_same_rows()

    @property
    def now(self) -> int:
        return self.twins.clock.now_ms()

    def _picked(self, pick: int, status: Status) -> Job | None:
        fitting = [job for job in self.read if job.status is status]
        return fitting[pick % len(fitting)] if fitting else None

    def _look(self, job_id: str) -> None:
        found = self.twins.same(lambda store: store.jobs.get_with_request(job_id))
        if isinstance(found[0], Job):
            self.read.append(found[0])
