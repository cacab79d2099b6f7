"""The command line's composition root: everything is made when a command first asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.delivery_hints import QueueDeliveryHints
from reelwright.adapters.aws.hints import QueueHints
from reelwright.adapters.aws.ops.audit import TableAudit
from reelwright.adapters.aws.ops.dead_letters import QueueDeadLetters
from reelwright.adapters.aws.ops.desks import TableLaneDesk, TableTenantDesk
from reelwright.adapters.aws.ops.eraser import BucketAndTableEraser
from reelwright.adapters.aws.ops.executions import MachineExecutions
from reelwright.adapters.aws.ops.records import TableRecords
from reelwright.adapters.aws.ops.secret_desk import SecretsManagerDesk
from reelwright.adapters.aws.secrets import Secret
from reelwright.adapters.aws.table.deliveries import TableDeliveries
from reelwright.adapters.aws.table.endpoints import TableEndpoints
from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.aws.table.keys import DUE_SHARDS
from reelwright.adapters.aws.table.lanes import TableLanes
from reelwright.adapters.aws.workflows import StepFunctionsWorkflows
from reelwright.adapters.clock import RandomIds
from reelwright.adapters.kling.accounts import AccountKeys
from reelwright.adapters.kling.billing import KlingBilling
from reelwright.adapters.kling.client import Client
from reelwright.adapters.kling.tokens import Credentials, Tokens
from reelwright.adapters.kling.transport import Transport
from reelwright.adapters.webhooks.secrets import derived
from reelwright.adapters.webhooks.sender import GuardedAddresses, guard
from reelwright.composition.kling import no_images, provider
from reelwright.composition.stage import OperatorSettings
from reelwright.domain.policy import SweepPolicy
from reelwright.use_cases.ops.dead_letters import ManageDeadLetters
from reelwright.use_cases.ops.erasure import EraseTenant
from reelwright.use_cases.ops.lanes import ManageLanes
from reelwright.use_cases.ops.ledger import LedgerChecks
from reelwright.use_cases.ops.repair import RepairJob
from reelwright.use_cases.ops.rotation import RotateCallbacks, RotateKling, RotateMasters, RotateMediaKeys
from reelwright.use_cases.ops.tenants import ManageKeys, ManageTenants
from reelwright.use_cases.ops.told import Told
from reelwright.use_cases.ops.trace import TraceJob
from reelwright.use_cases.ops.webhooks import MendWebhooks, Uncounted
from reelwright.use_cases.ports import Clock, Provider, Telemetry
from reelwright.use_cases.sweep import SweepUp
from reelwright.use_cases.tell.endpoints import ManageEndpoints


@dataclass(frozen=True)
class Given:
    """Keys that were just given, in the shape of stored ones."""

    fields: Mapping[str, str]

    def text(self, name: str) -> str:
        """The key of that name."""
        return self.fields[name]

    def refresh(self) -> bool:
        """They do not change."""
        return False


class Toolbox:
    """The operators' use cases over one stage."""

    def __init__(self, given: OperatorSettings, clock: Clock, telemetry: Telemetry) -> None:
        self.given = given
        self.clock = clock
        self._telemetry = telemetry
        self._table = client("dynamodb")
        self.jobs = TableJobs(self._table, given.table_name, clock.now_ms)
        self.lanes = TableLanes(self._table, given.table_name, given.lane_slots, given.lane_requests_per_minute)
        self.desk = TableTenantDesk(self._table, given.table_name)
        self.lane_desk = TableLaneDesk(self._table, given.table_name)
        self.records = TableRecords(self._table, given.table_name)
        self.audit = TableAudit(self._table, given.table_name, clock)
        self.tenants = ManageTenants(self.desk)
        self.keys = ManageKeys(self.desk, clock)

    @cached_property
    def hints(self) -> QueueHints:
        """The queue of hints."""
        return QueueHints(client("sqs"), self.given.hints_queue_url, self._telemetry)

    @cached_property
    def manage_lanes(self) -> ManageLanes:
        """Lanes and slots."""
        accounts = self.given.kling_accounts
        return ManageLanes(self.lanes, self.lane_desk, self.jobs, self.hints, self.clock, accounts)

    @cached_property
    def dead_letters(self) -> ManageDeadLetters:
        """The dead-letter queues."""
        return ManageDeadLetters(self.letters(), self.jobs, TableDeliveries(self._table, self.given.table_name))

    def letters(self, wait_seconds: int = 1) -> QueueDeadLetters:
        """All dead-letter queues, looked at for so long."""
        given = self.given
        dead = {
            "hints": given.dead_letters_url,
            "sweep": given.sweep_dead_letters_url,
            "deliveries": given.delivery_dead_letters_url,
            "announce": given.announce_dead_letters_url,
        }
        sources = {"hints": given.hints_queue_url, "deliveries": given.deliveries_queue_url}
        return QueueDeadLetters(client("sqs"), dead, sources, wait_seconds)

    @cached_property
    def trace(self) -> TraceJob:
        """A job's life."""
        executions = MachineExecutions(client("stepfunctions"), self.given.state_machine_arn)
        table = self.given.table_name
        told = Told(TableEndpoints(self._table, table), TableDeliveries(self._table, table))
        return TraceJob(self.jobs, self.lanes, self.records, executions, told)

    @cached_property
    def repair(self) -> RepairJob:
        """One job's repair."""
        return RepairJob(
            self.jobs, self.lanes, self.kling, self._workflows, self.hints, self._sweep, self.records, self.clock
        )

    @cached_property
    def ledger(self) -> LedgerChecks:
        """The ledger's checks."""
        return LedgerChecks(self.records, self.desk, self.billing, self.clock)

    @cached_property
    def erasure(self) -> EraseTenant:
        """A tenant's end."""
        eraser = BucketAndTableEraser(client("s3"), self.given.media_bucket, self._table, self.given.table_name)
        return EraseTenant(self.desk, self.records, eraser, self.clock)

    @cached_property
    def rotate_kling(self) -> RotateKling:
        """Kling's key pairs."""
        desk = SecretsManagerDesk(client("secretsmanager"), self.given.kling_secret_arn)
        return RotateKling(desk, lambda pair: self._billing(Given(pair)), self.clock)

    @cached_property
    def rotate_callbacks(self) -> RotateCallbacks:
        """The callbacks' keys."""
        desk = SecretsManagerDesk(client("secretsmanager"), self.given.callbacks_secret_arn)
        return RotateCallbacks(desk, self.clock)

    @cached_property
    def rotate_masters(self) -> RotateMasters:
        """The masters of endpoints' secrets."""
        desk = SecretsManagerDesk(client("secretsmanager"), self.given.webhooks_secret_arn)
        return RotateMasters(desk, self.desk, TableEndpoints(self._table, self.given.table_name), self.clock)

    @cached_property
    def rotate_media(self) -> RotateMediaKeys:
        """The keys of media links."""
        manager = client("secretsmanager")
        desks = tuple(SecretsManagerDesk(manager, arn) for arn in self.given.media_secret_arns)
        return RotateMediaKeys(desks, self.clock, self.given.media_link_seconds)

    @cached_property
    def webhooks(self) -> MendWebhooks:
        """Tenants' webhook endpoints; none is made or moved from here."""
        table, ids = self.given.table_name, RandomIds(self.clock)
        secret = Secret(client("secretsmanager"), self.given.webhooks_secret_arn, ttl_seconds=0)
        manage = ManageEndpoints(
            endpoints=TableEndpoints(self._table, table),
            log=TableDeliveries(self._table, table),
            hints=QueueDeliveryHints(client("sqs"), self.given.deliveries_queue_url, self._telemetry),
            secrets=derived(secret),
            addresses=GuardedAddresses(guard(())),
            clock=self.clock,
            ids=ids,
            telemetry=self._telemetry,
            requests=Uncounted(),
        )
        return MendWebhooks(manage, self.clock)

    @cached_property
    def kling(self) -> Provider:
        """Kling, asked for the truth and never for a task."""
        return provider(self.given.kling_base_url, self.given.kling_secret_arn, no_images)

    @cached_property
    def billing(self) -> Mapping[str, KlingBilling]:
        """Kling's books by account."""
        secret = Secret(client("secretsmanager"), self.given.kling_secret_arn)
        return {name: self._billing(AccountKeys(secret, name)) for name in self.given.kling_accounts}

    def _billing(self, credentials: Credentials) -> KlingBilling:
        return KlingBilling(Client(Transport(self.given.kling_base_url), Tokens(credentials, self.clock)))

    @cached_property
    def _workflows(self) -> StepFunctionsWorkflows:
        return StepFunctionsWorkflows(client("stepfunctions"), self.given.state_machine_arn, self._telemetry)

    @cached_property
    def _sweep(self) -> SweepUp:
        policy = SweepPolicy(
            hint_repair_seconds=self.given.hint_repair_seconds,
            slot_lease_seconds=self.given.slot_lease_seconds,
            watch_seconds=self.given.watch_seconds,
        )
        return SweepUp(
            jobs=self.jobs,
            lanes=self.lanes,
            workflows=self._workflows,
            hints=self.hints,
            clock=self.clock,
            telemetry=self._telemetry,
            policy=policy,
            shards=DUE_SHARDS,
            accounts=self.given.kling_accounts,
        )
