"""The life of tasks: created, processed, ended, each at its time, with slots, ledger and announcements."""

from collections.abc import Callable
from decimal import Decimal

from tests.simulators.kling.faults import TASK, FaultBook
from tests.simulators.kling.ledger import Ledger
from tests.simulators.kling.limits import Limits
from tests.simulators.kling.order import Order
from tests.simulators.kling.pace import Pace
from tests.simulators.kling.settings import Settings
from tests.simulators.kling.store import TaskStore
from tests.simulators.kling.task import FAILED, PROCESSING, SUCCEED, Task
from tests.simulators.kling.timeline import Timeline

RISK_TEXT = "Failure to pass the risk control system"
Announce = Callable[[Task, int], None]


class Engine:
    """A pure state machine: it acts only when called, and knows the time only from its caller (epoch ms)."""

    def __init__(self, settings: Settings, faults: FaultBook, timeline: Timeline, announce: Announce) -> None:
        self.store = TaskStore()
        self.ledger = Ledger(settings.pack_units)
        self.limits = Limits(settings.concurrency, dict(settings.concurrency_by_model), settings.requests_per_second)
        self._pace = Pace(settings.seed, settings.time_scale)
        self._failure_rate = settings.failure_rate
        self._faults, self._timeline, self._announce = faults, timeline, announce

    def check(self, account: str, order: Order) -> None:
        """Refuse what cannot be created now: a used external id, an empty pack, no free slot."""
        self.store.check_free(account, order.external_id)
        self.ledger.check_not_empty(account)
        self.limits.check_slot(order.model.name, self.store.unfinished(account, order.model.name))

    def create(self, account: str, order: Order, now_ms: int) -> Task:
        """Create a task whatever the limits say; only the external id must still be free."""
        task = Task(f"{now_ms}{len(self.store.tasks):05d}", account, order, now_ms, now_ms)
        self.store.add(task)
        facts = task.facts() | {"method": "POST", "path": f"/v1/videos/{order.product}"}
        task.quirks.update({rule.fault: rule.args for rule in self._faults.take(TASK, facts)})
        self._plan(task, now_ms)
        self._announce(task, now_ms)
        return task

    def finish(self, task: Task, status: str, now_ms: int) -> None:
        """End a task now: `succeed` deducts its units, `failed` costs nothing. Does nothing to an ended task."""
        if not task.can_become(status):
            return
        if status == SUCCEED:
            task.units = self._price(task)
            self.ledger.deduct(task, task.units, now_ms)
        elif not task.message:
            task.message = str(task.quirks.get("refused", {}).get("message", RISK_TEXT))
        self._become(task, status, now_ms)

    def _plan(self, task: Task, now_ms: int) -> None:
        begin_ms, end_ms = self._pace.plan(task.order, task.external_id or task.task_id)
        if "takes_seconds" in task.quirks:
            end_ms = round(1000 * float(task.quirks["takes_seconds"]["seconds"]))
            begin_ms = min(begin_ms, end_ms)
        self._timeline.at(now_ms + begin_ms, lambda at_ms: self._begin(task, at_ms))
        stuck = task.quirks.get("stuck_processing")
        if stuck is None or "seconds" in stuck:
            longer_ms = round(1000 * float(stuck["seconds"])) if stuck else 0
            self._timeline.at(now_ms + end_ms + longer_ms, lambda at_ms: self._end(task, at_ms))

    def _begin(self, task: Task, now_ms: int) -> None:
        if task.can_become(PROCESSING):
            self._become(task, PROCESSING, now_ms)

    def _end(self, task: Task, now_ms: int) -> None:
        if task.order.image_fault:
            task.message = task.order.image_fault
        unlucky = self._pace.fails(task.external_id or task.task_id, self._failure_rate)
        refused = task.order.image_fault or "refused" in task.quirks or unlucky
        self.finish(task, FAILED if refused else SUCCEED, now_ms)

    def _become(self, task: Task, status: str, now_ms: int) -> None:
        task.status, task.updated_at = status, now_ms
        self._announce(task, now_ms)

    def _price(self, task: Task) -> Decimal:
        scripted = task.quirks.get("deduction_differs")
        return Decimal(str(scripted["units"])) if scripted else task.order.units
