"""The one construct that every function is made with: role, log group, layers, environment and limits in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.nag import accept, accept_wildcard
from infra.packages import Layers, Packages
from infra.settings import FunctionSettings, Settings
from infra.tracing import Tracing

_RUNTIME_REASON = "Wheels and bytecode are built and tested for this runtime, which AWS supports until June 2029."
_HINTS_ITSELF = frozenset({"dispatch"})
"""For a paced lane dispatch books its own next wake, one at a time (docs/decisions/loops-and-concurrency.md)."""

_TRACING_REASON = "xray:PutTraceSegments and xray:PutSpans do not support resource-level permissions."


@dataclass(frozen=True, slots=True)
class FunctionKit:
    """What all functions of a stack share."""

    settings: Settings
    packages: Packages
    layers: Layers


class Function(Construct):
    """One Lambda function with a role, a log group and nothing that it does not use."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        kit: FunctionKit,
        *,
        environment: Mapping[str, str],
        layers: tuple[str, ...] = ("dependencies", "reelwright"),
    ) -> None:
        super().__init__(scope, "".join(part.capitalize() for part in name.split("_")))
        self._settings = kit.settings
        size: FunctionSettings = getattr(kit.settings.functions, name)
        self.timeout_seconds = size.timeout_seconds
        self.log_group = self._log_group()
        self.role = self._role(name, self.log_group)
        tracing = Tracing.of(name, kit.settings, traced="reelwright" in layers)
        self.resource = lambda_.Function(
            self,
            "Resource",
            code=kit.packages.function(name),
            handler="handler.handler",
            recursive_loop=lambda_.RecursiveLoop.ALLOW if name in _HINTS_ITSELF else lambda_.RecursiveLoop.TERMINATE,
            role=self.role.without_policy_updates(),  # the CDK would allow more than is used
            layers=kit.layers.pick(*layers, *tracing.layers),
            environment={**environment, **tracing.environment},
            description=f"Reelwright {kit.settings.stage}: {name}",
            tracing=lambda_.Tracing.DISABLED,
            **_sized(size, kit.settings),
            **_logged(self.log_group, kit.settings),
        )
        if tracing.to_xray:
            self.allow(["xray:PutTraceSegments", "xray:PutSpans"], ["*"])
            accept_wildcard(self.role, "*", _TRACING_REASON)
        accept(self.resource, {"AwsSolutions-L1": _RUNTIME_REASON})

    @property
    def arn(self) -> str:
        """The ARN without a qualifier."""
        return self.resource.function_arn

    def allow(self, actions: list[str], resources: list[str]) -> None:
        """Add one statement to the role."""
        self.role.add_to_policy(iam.PolicyStatement(actions=actions, resources=resources))

    def _log_group(self) -> logs.LogGroup:
        return logs.LogGroup(
            self,
            "Logs",
            retention=retention(self._settings.log_retention_days),
            removal_policy=RemovalPolicy.RETAIN if self._settings.keep_data else RemovalPolicy.DESTROY,
        )

    def _role(self, name: str, log_group: logs.LogGroup) -> iam.Role:
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            description=f"What {name} may do, and no more",
        )
        role.add_to_policy(
            iam.PolicyStatement(
                actions=["logs:CreateLogStream", "logs:PutLogEvents"], resources=[log_group.log_group_arn]
            )
        )
        return role


def _sized(size: FunctionSettings, settings: Settings) -> dict[str, Any]:
    """What it runs on, how large it is and for how long."""
    return {
        "runtime": lambda_.Runtime(settings.python_runtime, lambda_.RuntimeFamily.PYTHON),
        "architecture": lambda_.Architecture.custom(settings.architecture),
        "memory_size": size.memory_mb,
        "timeout": Duration.seconds(size.timeout_seconds),
        "reserved_concurrent_executions": size.reserved_concurrency if settings.guards.reserve_concurrency else None,
    }


def _logged(group: logs.LogGroup, settings: Settings) -> dict[str, Any]:
    """Where its log goes and how much of it is written."""
    return {
        "log_group": group,
        "logging_format": lambda_.LoggingFormat.JSON,
        "application_log_level_v2": lambda_.ApplicationLogLevel[settings.pipeline.log_level],
        "system_log_level_v2": lambda_.SystemLogLevel.WARN,
    }


def retention(days: int) -> logs.RetentionDays:
    """The log retention of so many days."""
    names = {1: "ONE_DAY", 7: "ONE_WEEK", 30: "ONE_MONTH", 90: "THREE_MONTHS", 365: "ONE_YEAR"}
    return logs.RetentionDays[names[days]]
