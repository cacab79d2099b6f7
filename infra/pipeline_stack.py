"""The application: functions, queue, state machine, routes and schedule. Nothing in it must be kept."""

from typing import cast

from aws_cdk import Aws, CfnElement, CfnOutput
from constructs import Construct

from infra.addresses import Queues, addresses
from infra.channels import Bus, Channels
from infra.data_stack import DataStack
from infra.delivery_stack import DeliveryStack
from infra.environment import Environment
from infra.function import Function, FunctionKit
from infra.functions import Doors, Steps, Tellers, Workers
from infra.grants import Grants
from infra.nag import accept_wildcard
from infra.packages import LAYERS, TRACED, Layers, Packages
from infra.queues import WorkQueue
from infra.routes import Routes
from infra.settings import Settings
from infra.stack import Stack
from infra.sweeping import Sweeping
from infra.telling import Telling
from infra.workflow import Workflow

_EXECUTIONS_REASON = "Executions are named after attempts, which do not exist yet; the right ends at our own machine."


class PipelineStack(Stack):
    """The way of a job."""

    def __init__(
        self, scope: Construct, settings: Settings, packages: Packages, data: DataStack, delivery: DeliveryStack
    ) -> None:
        super().__init__(scope, "Pipeline", settings, "functions, queue, state machine, routes")
        self.hints = WorkQueue(self, "Hints", settings.functions.dispatch.timeout_seconds)
        deliveries = WorkQueue(self, "Deliveries", settings.functions.deliver.timeout_seconds)
        self.channels = Channels(Bus(self, settings), deliveries)
        known = addresses(self, settings, data, delivery, self._queues())
        kit = self._kit(settings, packages)
        grants = Grants(data.table, data.stack_name, self.hints.resource, data.secrets, self.channels)
        steps = Steps(self, kit, Environment(settings, known), grants)
        workflow = Workflow(self, settings, table=data.table, poll=steps.poll, finalize=steps.finalize)
        self.machine = workflow.resource
        environment = Environment(settings, known, state_machine_arn=self.machine.state_machine_arn)
        doors = Doors(self, kit, environment, grants)
        workers = Workers(self, kit, environment, grants)
        doors.webhook.allow(["states:SendTaskSuccess"], [self.machine.state_machine_arn])
        tellers = Tellers(self, kit, environment, grants)
        self.functions = steps.by_name | doors.by_name | workers.by_name | tellers.by_name
        self._wire_workers(workers, settings)
        Routes(self, delivery.api.resource.api_id, doors)
        self.sweeping = Sweeping(self, workers.sweep, self.machine)
        self.telling = Telling(self, settings, self.channels, announce=tellers.announce, deliver=tellers.deliver)
        self.telling.read_outbox(tellers.announce, data.table)
        self._outputs(environment)

    def _kit(self, settings: Settings, packages: Packages) -> FunctionKit:
        wanted = TRACED if settings.pipeline.tracing else LAYERS
        return FunctionKit(settings, packages, Layers(self, packages, settings, wanted))

    def _queues(self) -> Queues:
        return Queues(
            self.hints.resource.queue_url,
            self.channels.deliveries.resource.queue_url,
            self.channels.bus.resource.event_bus_name,
        )

    def _wire_workers(self, workers: Workers, settings: Settings) -> None:
        for function in (workers.dispatch, workers.sweep):
            function.allow(["states:StartExecution"], [self.machine.state_machine_arn])
        self._let_sweep_look(workers.sweep)
        limits = settings.limits
        self.hints.wake(workers.dispatch, limits.dispatch_batch, limits.dispatch_max_concurrency)

    def _let_sweep_look(self, sweep: Function) -> None:
        """Let it describe any execution of our machine: they are named after attempts."""
        executions = f"execution:{self.machine.state_machine_name}:*"
        prefix = f"arn:{Aws.PARTITION}:states:{Aws.REGION}:{Aws.ACCOUNT_ID}:"
        sweep.allow(["states:DescribeExecution"], [prefix + executions])
        logical_id = self.get_logical_id(cast("CfnElement", self.machine.node.default_child))
        finding = f"arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<{logical_id}.Name>:*"
        accept_wildcard(sweep.role, finding, _EXECUTIONS_REASON)

    def _outputs(self, environment: Environment) -> None:
        deliveries = self.channels.deliveries
        for name, value, description in (
            ("QueueUrl", self.hints.resource.queue_url, "Hints"),
            ("DeadLettersUrl", self.hints.dead_letters.queue_url, "Hints that failed"),
            ("SweepDeadLettersUrl", self.sweeping.dead_letters.queue_url, "Events for the sweep that failed"),
            ("DeliveriesQueueUrl", deliveries.resource.queue_url, "Messages about deliveries of webhooks"),
            ("DeliveryDeadLettersUrl", deliveries.dead_letters.queue_url, "Messages about deliveries that failed"),
            ("AnnounceDeadLettersUrl", self.telling.dead_letters.queue_url, "Batches of the outbox that failed"),
            ("EventBusName", self.channels.bus.resource.event_bus_name, "Events about jobs and endpoints"),
            ("StateMachineArn", self.machine.state_machine_arn, "One execution for each attempt"),
            ("OperatorSettings", self._told(environment), "What the operator's command line must know"),
        ):
            CfnOutput(self, name, value=value, description=description)

    def _told(self, environment: Environment) -> str:
        return self.to_json_string(environment.of_operator())
