"""The operators' use cases over one stage."""

from functools import cached_property

from reelwright.composition.ops.letters import letters
from reelwright.composition.ops.reach import Reach
from reelwright.composition.ops.repairs import repair_job
from reelwright.composition.ops.rotations import Rotations
from reelwright.composition.ops.webhooks import mend_webhooks
from reelwright.composition.stage import OperatorSettings
from reelwright.use_cases.ops.dead_letters import ManageDeadLetters
from reelwright.use_cases.ops.erasure import EraseTenant
from reelwright.use_cases.ops.keys import ManageKeys
from reelwright.use_cases.ops.lanes import ManageLanes
from reelwright.use_cases.ops.ledger import LedgerChecks
from reelwright.use_cases.ops.repair import RepairJob
from reelwright.use_cases.ops.tenants import ManageTenants
from reelwright.use_cases.ops.told import Told
from reelwright.use_cases.ops.trace import TraceJob
from reelwright.use_cases.ops.webhooks import MendWebhooks
from reelwright.use_cases.ports import Clock, Telemetry


class Toolbox:
    """What a command takes in hand; what it only reads, it reads in `reach`."""

    def __init__(self, given: OperatorSettings, clock: Clock, telemetry: Telemetry) -> None:
        self.reach = Reach(given, clock, telemetry)
        self.clock, self.audit = clock, self.reach.audit
        self.desk, self.records = self.reach.desk, self.reach.records
        self.tenants = ManageTenants(self.desk)
        self.keys = ManageKeys(self.desk, clock)
        self.rotations = Rotations(self.reach)

    @cached_property
    def manage_lanes(self) -> ManageLanes:
        """Lanes and slots."""
        reach, accounts = self.reach, self.reach.given.kling_accounts
        return ManageLanes(reach.lanes, reach.lane_desk, reach.jobs, reach.hints, self.clock, accounts)

    @cached_property
    def dead_letters(self) -> ManageDeadLetters:
        """The dead-letter queues."""
        return ManageDeadLetters(letters(self.reach.given), self.reach.jobs, self.reach.deliveries)

    @cached_property
    def trace(self) -> TraceJob:
        """A job's life."""
        reach = self.reach
        told = Told(reach.endpoints, reach.deliveries)
        return TraceJob(reach.jobs, reach.lanes, self.records, reach.executions, told)

    @cached_property
    def repair(self) -> RepairJob:
        """One job's repair."""
        return repair_job(self.reach)

    @cached_property
    def ledger(self) -> LedgerChecks:
        """The ledger's checks."""
        return LedgerChecks(self.records, self.desk, self.reach.billing, self.clock)

    @cached_property
    def erasure(self) -> EraseTenant:
        """A tenant's end."""
        return EraseTenant(self.desk, self.records, self.reach.eraser, self.clock)

    @cached_property
    def webhooks(self) -> MendWebhooks:
        """Tenants' webhook endpoints."""
        return mend_webhooks(self.reach)
