"""What the command line reaches of one stage."""

from collections.abc import Mapping
from functools import cached_property

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.hints import QueueHints
from reelwright.adapters.aws.ops.audit import TableAudit
from reelwright.adapters.aws.ops.desks import TableLaneDesk, TableTenantDesk
from reelwright.adapters.aws.ops.eraser import BucketAndTableEraser
from reelwright.adapters.aws.ops.executions import MachineExecutions
from reelwright.adapters.aws.ops.records import TableRecords
from reelwright.adapters.aws.table.deliveries import TableDeliveries
from reelwright.adapters.aws.table.endpoints import TableEndpoints
from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.aws.table.lanes import TableLanes
from reelwright.adapters.aws.workflows import StepFunctionsWorkflows
from reelwright.composition.kling import no_images, provider
from reelwright.composition.ops.books import books_by_account
from reelwright.composition.stage import OperatorSettings
from reelwright.use_cases.ops.ports import Billing
from reelwright.use_cases.ports import Clock, Provider, Telemetry


class Reach:
    """The table of a stage, and beyond it what is made when a command first asks for it."""

    def __init__(self, given: OperatorSettings, clock: Clock, telemetry: Telemetry) -> None:
        self.given, self.clock, self.telemetry = given, clock, telemetry
        self._client, self._table = client("dynamodb"), given.table_name
        self.jobs = TableJobs(self._client, self._table, clock.now_ms)
        self.lanes = TableLanes(self._client, self._table, given.lane_slots, given.lane_requests_per_minute)
        self.desk = TableTenantDesk(self._client, self._table)
        self.lane_desk = TableLaneDesk(self._client, self._table)
        self.records = TableRecords(self._client, self._table)
        self.audit = TableAudit(self._client, self._table, clock)
        self.endpoints = TableEndpoints(self._client, self._table)
        self.deliveries = TableDeliveries(self._client, self._table)

    @cached_property
    def hints(self) -> QueueHints:
        """The queue of hints."""
        return QueueHints(client("sqs"), self.given.hints_queue_url, self.telemetry)

    @cached_property
    def workflows(self) -> StepFunctionsWorkflows:
        """The state machine, to start and to ask."""
        return StepFunctionsWorkflows(client("stepfunctions"), self.given.state_machine_arn, self.telemetry)

    @cached_property
    def executions(self) -> MachineExecutions:
        """The state machine's history."""
        return MachineExecutions(client("stepfunctions"), self.given.state_machine_arn)

    @cached_property
    def eraser(self) -> BucketAndTableEraser:
        """What deletes a tenant's files and rows."""
        return BucketAndTableEraser(client("s3"), self.given.media_bucket, self._client, self._table)

    @cached_property
    def kling(self) -> Provider:
        """Kling, asked for the truth and never for a task."""
        return provider(self.given.kling_base_url, self.given.kling_secret_arn, no_images)

    @cached_property
    def billing(self) -> Mapping[str, Billing]:
        """Kling's books by account."""
        return books_by_account(self.given, self.clock)
