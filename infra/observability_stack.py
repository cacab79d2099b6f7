"""What the owner sees: alarms and where they go, three dashboards, saved questions to the logs."""

from aws_cdk import CfnOutput
from constructs import Construct

from infra.alarming import Alarms
from infra.dashboards import Dashboards
from infra.delivery_stack import DeliveryStack
from infra.pipeline_stack import PipelineStack
from infra.questions import Questions
from infra.settings import Settings
from infra.stack import Stack
from infra.watched import Watched


class ObservabilityStack(Stack):
    """Nothing in here moves a job; it may be deployed, changed and destroyed at any time."""

    def __init__(
        self, scope: Construct, settings: Settings, pipeline: PipelineStack, delivery: DeliveryStack, table_name: str
    ) -> None:
        super().__init__(scope, "Observability", settings, "alarms, dashboards, saved queries")
        watched = Watched(
            functions=pipeline.functions,
            api_id=delivery.api.resource.api_id,
            table_name=table_name,
            machine=pipeline.machine,
            hints=pipeline.hints.resource,
            dead={
                "Hints": pipeline.hints.dead_letters,
                "Sweep": pipeline.sweeping.dead_letters,
                "Deliveries": pipeline.channels.deliveries.dead_letters,
                "Outbox": pipeline.telling.dead_letters,
            },
        )
        alarms = Alarms(self, settings, watched)
        Dashboards(self, settings, watched, alarms)
        Questions(self, settings, pipeline.functions)
        CfnOutput(self, "AlarmTopicArn", value=alarms.topic.topic_arn, description="Alarms are told here")
