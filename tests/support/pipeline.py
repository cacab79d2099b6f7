"""The use cases wired to a table on moto and to fakes around it."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import encode
from reelwright.adapters.aws.table.forecasts import TableForecasts
from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.aws.table.lanes import TableLanes
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.domain.generation import Generation, JobType
from reelwright.domain.job import Job
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.callback import ReceiveCallback
from reelwright.use_cases.cancel import CancelVideo
from reelwright.use_cases.dispatch import DispatchLane, Hint
from reelwright.use_cases.finalize import FinalizeJob
from reelwright.use_cases.poll import PollTask
from reelwright.use_cases.query import QueryVideos
from reelwright.use_cases.submission import SendAttempt
from reelwright.use_cases.submit import SubmitCommand, SubmitResult, SubmitVideo
from reelwright.use_cases.sweep import SweepUp
from tests.support.fake_provider import FakeProvider
from tests.support.fake_telemetry import FakeTelemetry
from tests.support.fakes import CountingIds, FakeAddresses, FakeClock, FakeCopier, FakeHints, FakeImages, FakeWorkflows
from tests.support.patience import WholePolicy, usual_policy

LANE = "main.kling-v2-5-turbo.video"
CLIP = Generation(JobType.TEXT_TO_VIDEO, "kling-v2-5-turbo", "a fox in snow", duration=5)


@dataclass
class Pipeline:
    """Everything between a request and its end, on one table."""

    client: Any
    table: str
    slots: int = 2
    policy: WholePolicy = field(default_factory=usual_policy)
    clock: FakeClock = field(default_factory=FakeClock)
    ids: CountingIds = field(default_factory=CountingIds)
    hints: FakeHints = field(default_factory=FakeHints)
    workflows: FakeWorkflows = field(default_factory=FakeWorkflows)
    provider: FakeProvider = field(default_factory=FakeProvider)
    copier: FakeCopier = field(default_factory=FakeCopier)
    telemetry: FakeTelemetry = field(default_factory=FakeTelemetry)
    images: FakeImages = field(default_factory=FakeImages)

    def __post_init__(self) -> None:
        self.jobs = TableJobs(self.client, self.table, self.clock.now_ms)
        self.lanes = TableLanes(self.client, self.table, self.slots)
        self.tenants = TableTenants(self.client, self.table)
        clock, told = self.clock, self.telemetry
        self.submitting = SubmitVideo(
            self.jobs,
            self.tenants,
            self.hints,
            self.images,
            clock,
            self.ids,
            told,
            self.policy,
            "main",
            TableForecasts(self.client, self.table),
        )
        self.canceling = CancelVideo(self.jobs, clock, told)
        self.querying = QueryVideos(self.jobs, self.tenants, clock)
        self.sending = SendAttempt(
            self.jobs, self.provider, self.workflows, FakeAddresses(), self.hints, clock, self.ids, told, self.policy
        )
        self.dispatching = DispatchLane(
            self.jobs, self.lanes, self.tenants, self.hints, clock, self.ids, told, self.policy, self.sending
        )
        self.polling = PollTask(self.jobs, self.provider, self.hints, clock, told)
        self.finalizing = FinalizeJob(
            self.jobs, self.provider, self.copier, self.hints, clock, self.ids, told, self.policy
        )
        self.calling_back = ReceiveCallback(
            self.jobs, self.workflows, FakeAddresses(), clock, told, lambda _headers, body: body == b"end"
        )
        self.sweeping = SweepUp(self.jobs, self.lanes, self.workflows, self.hints, clock, told, self.policy, shards=4)

    def tenant(self, name: str = "acme", units: str = "100", at_once: int = 10, rate: int = 1000) -> Tenant:
        tenant = Tenant(name, Decimal(units), at_once, rate)
        self.tenants.put(tenant)
        return tenant

    def submit(self, tenant: str = "acme", clip: Generation = CLIP, **more: Any) -> SubmitResult:
        command = SubmitCommand(tenant, clip, "fingerprint", lambda job, _: job.id, **more)
        return self.submitting.submit(command)

    def dispatch(self, job_id: str | None = None, tenant: str = "acme", lane: str = LANE) -> int:
        return self.dispatching.dispatch(Hint(lane, tenant, job_id), self.clock.now_ms() + 60_000)

    def job(self, job_id: str) -> Job:
        return self.jobs.get(job_id)

    def free(self, lane: str = LANE) -> int:
        return self.lanes.get(lane).free(self.clock.now_ms())

    def limit(self, slots: int, lane: str = LANE) -> None:
        self.lanes.get(lane)
        key, values = keys.lane(lane), encode({":limit": slots})
        change = "SET slot_limit = :limit"
        self.client.update_item(
            TableName=self.table, Key=key, UpdateExpression=change, ExpressionAttributeValues=values
        )

    def left(self, tenant: str = "acme") -> Decimal:
        return self.querying.usage(tenant).left
