"""The tasks of all accounts, by both kinds of id."""

from dataclasses import dataclass, field

from tests.simulators.kling.errors import already_exists, task_not_found
from tests.simulators.kling.task import Task


@dataclass
class TaskStore:
    """Remembers every task and every external id for ever; `reserved` ids are taken before their task appears."""

    tasks: dict[str, Task] = field(default_factory=dict)
    reserved: set[tuple[str, str]] = field(default_factory=set)
    _external: dict[tuple[str, str], Task] = field(default_factory=dict)

    def check_free(self, account: str, external_id: str) -> None:
        """Refuse an external id that the account has used before, for whatever product."""
        key = (account, external_id)
        if external_id and (key in self._external or key in self.reserved):
            raise already_exists(external_id)

    def add(self, task: Task) -> None:
        """Remember a task; a reservation of its external id ends."""
        self.reserved.discard((task.account, task.external_id))
        self.check_free(task.account, task.external_id)
        self.tasks[task.task_id] = task
        if task.external_id:
            self._external[task.account, task.external_id] = task

    def find(self, account: str, wanted: str) -> Task | None:
        """Return an account's task by its own or its external id."""
        task = self.tasks.get(wanted) or self._external.get((account, wanted))
        return task if task and task.account == account else None

    def get(self, account: str, product: str, wanted: str) -> Task:
        """Return an account's task made through this path; 1201 when there is none."""
        task = self.find(account, wanted)
        if task is None or task.order.product != product:
            raise task_not_found(wanted)
        return task

    def of(self, account: str, product: str) -> list[Task]:
        """Return the tasks an account made through a path, newest first."""
        mine = [task for task in self.tasks.values() if (task.account, task.order.product) == (account, product)]
        return mine[::-1]

    def unfinished(self, account: str, model: str) -> int:
        """Return how many slots of a model an account holds."""
        return sum(not task.ended and (task.account, task.order.model.name) == (account, model)
                   for task in self.tasks.values())  # fmt: skip
