"""The alarms that say that work is stuck, and where they go."""

from aws_cdk import Aws, CfnOutput, Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.pipeline_stack import PipelineStack
from infra.settings import Settings
from infra.stack import Stack

_ONE_MINUTE = Duration.minutes(1)
_FIVE_MINUTES = Duration.minutes(5)


class ObservabilityStack(Stack):
    """Dead letters and failed executions raise an alarm on one topic."""

    def __init__(self, scope: Construct, settings: Settings, pipeline: PipelineStack) -> None:
        super().__init__(scope, "Observability", settings, "alarms and their topic")
        self.topic = self._topic(settings)
        self._watch("HintsDead", _depth(pipeline.hints.dead_letters), "A hint could not be handled in all its tries.")
        self._watch("SweepDead", _depth(pipeline.sweeping.dead_letters), "An event for the sweep could not be handled.")
        self._watch("ExecutionsFailed", _failures(pipeline.machine), "Executions failed; the sweep repairs their jobs.")
        CfnOutput(self, "AlarmTopicArn", value=self.topic.topic_arn, description="Alarms are told here")

    def _watch(self, name: str, metric: cloudwatch.IMetric, description: str) -> None:
        alarm = cloudwatch.Alarm(
            self,
            name,
            metric=metric,
            threshold=0,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=description,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))

    def _topic(self, settings: Settings) -> sns.Topic:
        topic = sns.Topic(self, "Alarms", enforce_ssl=True)
        topic.add_to_resource_policy(_alarms_may_publish(topic))
        if settings.alarm_email:
            topic.add_subscription(subscriptions.EmailSubscription(settings.alarm_email))
        return topic


def _alarms_may_publish(topic: sns.Topic) -> iam.PolicyStatement:
    """A topic with a policy of its own loses the default one that lets the account's alarms publish."""
    return iam.PolicyStatement(
        sid="AlarmsPublish",
        principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
        actions=["sns:Publish"],
        resources=[topic.topic_arn],
        conditions={"StringEquals": {"AWS:SourceAccount": Aws.ACCOUNT_ID}},
    )


def _depth(queue: sqs.Queue) -> cloudwatch.Metric:
    return queue.metric_approximate_number_of_messages_visible(period=_ONE_MINUTE, statistic="Maximum")


def _failures(machine: sfn.StateMachine) -> cloudwatch.MathExpression:
    return cloudwatch.MathExpression(
        label="Failed executions",
        expression="failed + timed_out + aborted",
        using_metrics={
            "failed": machine.metric_failed(period=_FIVE_MINUTES, statistic="Sum"),
            "timed_out": machine.metric_timed_out(period=_FIVE_MINUTES, statistic="Sum"),
            "aborted": machine.metric_aborted(period=_FIVE_MINUTES, statistic="Sum"),
        },
        period=_FIVE_MINUTES,
    )
