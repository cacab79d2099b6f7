"""A Kling that commits when it likes, answers what it likes, and counts exactly."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from reelwright.domain.catalogue import plan
from reelwright.domain.provider_errors import AlreadyExists, OverCapacity, ProviderError
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.ports import Submission
from tests.simulation.chaos import STRICT
from tests.simulation.fates import Fate, fate_of
from tests.simulation.world import World

LINK_MS = 1_800_000
"""How long a link to a result works; every look-up gives a fresh one."""
RELAPSE_MS = 600_000
"""How long a relapsing task says that it is processing again."""


@dataclass(slots=True)
class Made:
    """A task at Kling and what it came to."""

    task_id: str
    external_id: str
    callback_url: str
    visible_ms: int
    fate: Fate
    status: TaskStatus = TaskStatus.PROCESSING
    charged: Decimal = Decimal(0)
    told_ms: int | None = None

    @property
    def content(self) -> bytes:
        """The bytes that Kling made."""
        return f"video of {self.task_id}".encode()


@dataclass(slots=True)
class Sending:
    """A request on its way: what became of it at Kling, once it got there."""

    submission: Submission
    outcome: Task | ProviderError | None = None


class Account:
    """The account at Kling: its tasks, its limit, its charges. `changed` hears of every change of a task's state."""

    def __init__(self, world: World, name: str, slots: int) -> None:
        self.world = world
        self.name = name
        self.slots = slots
        self.tasks: list[Made] = []
        self.changed: Callable[[Made], None] = lambda _: None

    def of(self, external_id: str) -> list[Made]:
        """Tasks of one external id: more than one is a fault of somebody."""
        return [made for made in self.tasks if made.external_id == external_id]

    def unfinished(self) -> Iterator[Made]:
        """What counts against the limit."""
        return (made for made in self.tasks if made.status is TaskStatus.PROCESSING)

    def commit(self, sending: Sending, lag_ms: int) -> None:
        """The request has got there: create the task, or refuse to."""
        external_id = sending.submission.external_id
        if self.world.chaos.kling == STRICT and self.of(external_id):
            sending.outcome = AlreadyExists("exists", code="1201")
        elif sum(1 for _ in self.unfinished()) >= self.slots:
            sending.outcome = OverCapacity("full", code="1303")
        else:
            sending.outcome = self._create(sending.submission, lag_ms)
        self.world.note(f"kling.commit {external_id}", type(sending.outcome).__name__)

    def _create(self, submission: Submission, lag_ms: int) -> Task:
        fate = fate_of(self.world, plan(submission.generation).units)
        task_id = f"{self.name}{len(self.tasks) + 1}"
        visible_ms = self.world.now_ms + lag_ms
        made = Made(task_id, submission.external_id, submission.callback_url, visible_ms, fate)
        self.tasks.append(made)
        self.changed(made)
        self.world.at(fate.render_ms, lambda: self.end(made))
        return Task(task_id, made.external_id, TaskStatus.PROCESSING)

    def end(self, made: Made) -> None:
        """The task is over; a success is charged now, and so is a failure that is fined."""
        if made.status is not TaskStatus.PROCESSING:
            return
        made.status = TaskStatus.FAILED if made.fate.failure else TaskStatus.SUCCEEDED
        made.charged = made.fate.units if made.fate.fined or not made.fate.failure else Decimal(0)
        self.world.note(f"kling.end {made.external_id}", made.status)
        self.changed(made)

    def told(self, made: Made) -> Task:
        """The task as a look-up tells it."""
        status = self._status(made)
        ended = status is TaskStatus.SUCCEEDED
        tells = made.fate.fined if status is TaskStatus.FAILED else ended and not made.fate.silent
        link = f"https://cdn.example/{made.task_id}/{self.world.now_ms + LINK_MS}"
        return Task(
            made.task_id,
            made.external_id,
            status,
            message=made.fate.failure if status is TaskStatus.FAILED else "",
            results=(link,) if ended else (),
            deduction=made.charged if tells else None,
        )

    def _status(self, made: Made) -> TaskStatus:
        if made.status is not TaskStatus.SUCCEEDED or not made.fate.relapsing:
            return made.status
        made.told_ms = made.told_ms or self.world.now_ms
        relapsed = 0 < self.world.now_ms - made.told_ms < RELAPSE_MS
        return TaskStatus.PROCESSING if relapsed else made.status


class Kling:
    """All accounts that we have at Kling."""

    def __init__(self, world: World, accounts: tuple[str, ...], slots: int) -> None:
        self.accounts = {name: Account(world, name, slots) for name in accounts}

    @property
    def tasks(self) -> list[Made]:
        """Every task of every account."""
        return [made for account in self.accounts.values() for made in account.tasks]

    def of(self, external_id: str) -> list[Made]:
        """Tasks of one attempt, whatever the account: more than one is a fault of somebody."""
        return [made for made in self.tasks if made.external_id == external_id]

    def of_job(self, job_id: str) -> list[Made]:
        """Tasks of all attempts of a job."""
        return [made for made in self.tasks if made.external_id.rpartition("-")[0] == job_id]

    def listen(self, changed: Callable[[Made], None]) -> None:
        """Tell of every change of a task's state."""
        for account in self.accounts.values():
            account.changed = changed
