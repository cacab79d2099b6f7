"""One task at Kling and the rules of its states."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from tests.simulators.kling.order import Order
from tests.simulators.kling.wire import Json

SUBMITTED, PROCESSING, SUCCEED, FAILED = "submitted", "processing", "succeed", "failed"
TERMINAL: Final = frozenset({SUCCEED, FAILED})
NEXT: Final = {SUBMITTED: {PROCESSING, SUCCEED, FAILED}, PROCESSING: {SUCCEED, FAILED}}


@dataclass
class Task:
    """A task; `quirks` are the scripted faults it was born with, `units` what was deducted at success."""

    task_id: str
    account: str
    order: Order
    created_at: int
    updated_at: int
    quirks: dict[str, Json] = field(default_factory=dict)
    status: str = SUBMITTED
    message: str = ""
    units: Decimal | None = None

    @property
    def external_id(self) -> str:
        """Return the caller's own id, empty when none was given."""
        return self.order.external_id

    @property
    def video_id(self) -> str:
        """Return the id of the one video this task makes."""
        return f"v-{self.task_id}"

    @property
    def ended(self) -> bool:
        """Say whether the task has given its slot back."""
        return self.status in TERMINAL

    def can_become(self, status: str) -> bool:
        """Say whether `status` may follow the present one."""
        return status in NEXT.get(self.status, ())

    def facts(self) -> dict[str, str]:
        """Return what a fault rule may match on."""
        order = self.order
        return {
            "task_id": self.task_id,
            "external_task_id": self.external_id,
            "prompt": order.prompt,
            "model": order.model.name,
            "account": self.account,
            "status": self.status,
        }
