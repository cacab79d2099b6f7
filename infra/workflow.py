"""The state machine with its role and log group."""

import json

from aws_cdk import Aws, RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.function import Function, retention
from infra.nag import accept, accept_wildcard
from infra.settings import Settings
from infra.state_machine import Ends, definition

_ERRORS_ONLY = "Errors are logged without data: inputs name jobs, and every transition stands in the execution history."
_TRACED_BY_SETTING = (
    "The functions are traced by OpenTelemetry (setting tracing); X-Ray would trace the machine apart from them."
)
_ANY_LOG_DELIVERY = "The log delivery calls (logs:*LogDelivery, resource policies) know no resource-level permissions."


class Workflow(Construct):
    """One Standard execution for each attempt."""

    def __init__(
        self,
        scope: Construct,
        settings: Settings,
        *,
        table: dynamodb.Table,
        poll: Function,
        finalize: Function,
    ) -> None:
        super().__init__(scope, "Workflow")
        self._settings = settings
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("states.amazonaws.com"))
        _allow(role, "dynamodb:UpdateItem", [table.table_arn])
        _allow(role, "lambda:InvokeFunction", [poll.arn, finalize.arn])
        ends = Ends(
            table_name=table.table_name,
            poll_arn=poll.arn,
            finalize_arn=finalize.arn,
            poll_timeout_seconds=poll.timeout_seconds,
            finalize_timeout_seconds=finalize.timeout_seconds,
            partition=Aws.PARTITION,
        )
        # Not Stack.to_json_string: it drops nulls, and `"ResultPath": null` is what keeps each state's input.
        body = json.dumps(definition(settings.workflow, ends))
        self.resource = sfn.StateMachine(
            self,
            "Resource",
            definition_body=sfn.DefinitionBody.from_string(body),
            role=role,
            logs=sfn.LogOptions(destination=self._log_group(), level=sfn.LogLevel.ERROR, include_execution_data=False),
        )
        accept_wildcard(role, "*", _ANY_LOG_DELIVERY)
        accept(self.resource, {"AwsSolutions-SF1": _ERRORS_ONLY, "AwsSolutions-SF2": _TRACED_BY_SETTING})

    def _log_group(self) -> logs.LogGroup:
        """Under the prefix whose resource policy all such log groups share, for that policy's size is limited."""
        return logs.LogGroup(
            self,
            "Logs",
            log_group_name=f"/aws/vendedlogs/states/reelwright-{self._settings.stage}",
            retention=retention(self._settings.log_retention_days),
            removal_policy=RemovalPolicy.RETAIN if self._settings.keep_data else RemovalPolicy.DESTROY,
        )


def _allow(role: iam.Role, action: str, resources: list[str]) -> None:
    role.add_to_policy(iam.PolicyStatement(actions=[action], resources=resources))
