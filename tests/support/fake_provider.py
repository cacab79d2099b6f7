"""Kling as the use cases see it, scripted by the test."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from reelwright.domain.provider_errors import AlreadyExists, OverCapacity, ProviderError
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.ports import Submission


@dataclass
class FakeProvider:
    """Accepts like Kling: a taken external id is refused, a full account says so, time is told by the test."""

    slots: int = 100
    tasks: dict[str, Task] = field(default_factory=dict)
    script: list[ProviderError | None] = field(default_factory=list)
    accept_before_raising: bool = False
    look_up_script: list[ProviderError | None] = field(default_factory=list)
    creates: int = 0
    look_ups: int = 0

    def submit(self, submission: Submission) -> Task:
        planned = self.script.pop(0) if self.script else None
        if planned is not None and not self.accept_before_raising:
            raise planned
        task = self._create(submission.external_id)
        if planned is not None:
            raise planned
        return task

    def _create(self, external_id: str) -> Task:
        if external_id in self.tasks:
            raise AlreadyExists("exists", code="1201")
        if sum(task.status is TaskStatus.PROCESSING for task in self.tasks.values()) >= self.slots:
            raise OverCapacity("full", code="1303")
        self.creates += 1
        self.tasks[external_id] = Task(f"t{self.creates}", external_id, TaskStatus.PROCESSING)
        return self.tasks[external_id]

    def look_up(self, generation_type: str, model: str, ref: str, account: str = "main") -> Task | None:
        del generation_type, model, account
        self.look_ups += 1
        planned = self.look_up_script.pop(0) if self.look_up_script else None
        if planned is not None:
            raise planned
        return next((task for task in self.tasks.values() if ref in {task.task_id, task.external_id}), None)

    def finish(self, external_id: str, units: str | None = "2") -> None:
        done = {"status": TaskStatus.SUCCEEDED, "results": (f"https://cdn.example/{external_id}",)}
        self.tasks[external_id] = replace(self.tasks[external_id], **done, deduction=units and Decimal(units))  # type: ignore[arg-type]

    def fail(self, external_id: str, message: str, units: str | None = None) -> None:
        deduction = Decimal(units) if units else None
        failed = replace(self.tasks[external_id], status=TaskStatus.FAILED, message=message, deduction=deduction)
        self.tasks[external_id] = failed
