"""Turns rules into alarms: one topic, two composites, and a runbook in every description."""

from aws_cdk import Aws, Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.alarms import IMPACT, PROVIDER, Rule, rules
from infra.figures import Ours
from infra.settings import Settings
from infra.watched import Watched

_WAIT = Duration.minutes(12)
"""A job that had nearly waited too long rings three minutes after Kling goes down, an incident within fifteen."""
_EXTENSION = Duration.minutes(15)
"""Once Kling is back, the jobs that waited for it need a while to get on."""
_SILENT = cloudwatch.TreatMissingData.NOT_BREACHING
_BAD = cloudwatch.TreatMissingData.BREACHING


class Alarms(Construct):
    """Every alarm tells the topic, except what Kling may cause users to feel: that pages through the composite."""

    def __init__(self, scope: Construct, settings: Settings, watched: Watched) -> None:
        super().__init__(scope, "Watch")
        self._runbooks, self._service = settings.alarms.runbooks, settings.service
        self.topic = self._topic(settings.alarm_email)
        self.by_name = {
            rule.name: self._alarm(rule) for rule in rules(Ours(settings.service), watched, settings.alarms)
        }
        self.incident = self._incident()
        self.impact = self._impact()
        told = [alarm for name, alarm in self.by_name.items() if name not in IMPACT]
        for alarm in (*told, self.impact):
            alarm.add_alarm_action(actions.SnsAction(self.topic))
            alarm.add_ok_action(actions.SnsAction(self.topic))

    def _alarm(self, rule: Rule) -> cloudwatch.Alarm:
        return cloudwatch.Alarm(
            self,
            rule.name,
            metric=rule.figure,
            threshold=rule.threshold,
            comparison_operator=rule.when,
            datapoints_to_alarm=rule.points,
            evaluation_periods=rule.periods,
            treat_missing_data=_BAD if rule.silence_is_bad else _SILENT,
            alarm_description=self._described(rule.meaning, rule.runbook),
        )

    def _incident(self) -> cloudwatch.CompositeAlarm:
        """Tells nobody by itself: it keeps the page quiet, and its parts tell what is the matter with the provider."""
        return cloudwatch.CompositeAlarm(
            self,
            "ProviderIncident",
            composite_alarm_name=f"{self._service}-ProviderIncident",
            alarm_rule=cloudwatch.AlarmRule.any_of(*(self._rings(name) for name in PROVIDER)),
            alarm_description=self._described("The provider, or our account there, is down.", "provider-trouble"),
        )

    def _impact(self) -> cloudwatch.CompositeAlarm:
        """The page. What began as an incident of the provider's may show a little later than what users feel."""
        return cloudwatch.CompositeAlarm(
            self,
            "UserImpact",
            composite_alarm_name=f"{self._service}-UserImpact",
            alarm_rule=cloudwatch.AlarmRule.any_of(*(self._rings(name) for name in IMPACT)),
            actions_suppressor=self.incident,
            actions_suppressor_wait_period=_WAIT,
            actions_suppressor_extension_period=_EXTENSION,
            alarm_description=self._described("Users feel it, and the provider is not the cause.", "user-impact"),
        )

    def _rings(self, name: str) -> cloudwatch.IAlarmRule:
        return cloudwatch.AlarmRule.from_alarm(self.by_name[name], cloudwatch.AlarmState.ALARM)

    def _described(self, meaning: str, runbook: str) -> str:
        return f"{meaning} Runbook: {self._runbooks}{runbook}.md"

    def _topic(self, email: str) -> sns.Topic:
        topic = sns.Topic(self, "Topic", enforce_ssl=True)
        topic.add_to_resource_policy(_alarms_may_publish(topic))
        if email:
            topic.add_subscription(subscriptions.EmailSubscription(email))
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
