"""The HTTP API without its routes: an address that stays while functions come and go."""

import json

from aws_cdk import RemovalPolicy
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.function import retention
from infra.settings import Settings

# Neither path nor route parameters nor query: a callback's path is a capability.
LOGGED = {
    "request_id": "$context.requestId",
    "time": "$context.requestTimeEpoch",
    "method": "$context.httpMethod",
    "route": "$context.routeKey",
    "status": "$context.status",
    "bytes": "$context.responseLength",
    "latency_ms": "$context.responseLatency",
    "integration_error": "$context.integrationErrorMessage",
    "authorizer_error": "$context.authorizer.error",
}


class Api(Construct):
    """An HTTP API with throttling and access logs that tell no secrets."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "Api")
        self.resource = apigateway.HttpApi(
            self,
            "Resource",
            api_name=f"reelwright-{settings.stage}",
            description="Videos by request, and callbacks",
            create_default_stage=False,
        )
        self._stage(settings, self._log_group(settings))

    @property
    def domain_name(self) -> str:
        """The host of the default endpoint."""
        return f"{self.resource.api_id}.execute-api.{self.resource.stack.region}.{self.resource.stack.url_suffix}"

    def _stage(self, settings: Settings, log_group: logs.LogGroup) -> None:
        stage = apigateway.HttpStage(
            self,
            "Stage",
            http_api=self.resource,
            stage_name="$default",
            auto_deploy=True,
            throttle=apigateway.ThrottleSettings(
                rate_limit=settings.limits.api_requests_per_second,
                burst_limit=settings.limits.api_burst,
            ),
        )
        cfn = stage.node.default_child
        if not isinstance(cfn, apigateway.CfnStage):
            raise TypeError("the stage has no resource of its own")
        cfn.access_log_settings = apigateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=log_group.log_group_arn,
            format=json.dumps(LOGGED),
        )

    def _log_group(self, settings: Settings) -> logs.LogGroup:
        return logs.LogGroup(
            self,
            "AccessLogs",
            retention=retention(settings.log_retention_days),
            removal_policy=RemovalPolicy.RETAIN if settings.keep_data else RemovalPolicy.DESTROY,
        )
