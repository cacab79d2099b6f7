"""What operators' use cases need from outside, beyond `use_cases.ports`."""

from reelwright.use_cases.ops.ports.billing import Billing
from reelwright.use_cases.ops.ports.dead_letters import DeadLetters
from reelwright.use_cases.ops.ports.desks import LaneDesk, SecretDesk, TenantDesk
from reelwright.use_cases.ops.ports.eraser import Eraser
from reelwright.use_cases.ops.ports.executions import Executions
from reelwright.use_cases.ops.ports.records import Audit, Records

__all__ = [
    "Audit",
    "Billing",
    "DeadLetters",
    "Eraser",
    "Executions",
    "LaneDesk",
    "Records",
    "SecretDesk",
    "TenantDesk",
]
