"""A KMS key of the owner's own, for stages that must be able to take every right to read away at once."""

from aws_cdk import Aws, Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.settings import SERVICE, Settings

_OURS = f"arn:{Aws.PARTITION}:"
_BY_ACCOUNT = {"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}}


class OwnKey(Construct):
    """Rotated each year; besides roles of the account, three AWS services may use it, each for our resources only."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "OwnKey")
        self.resource = kms.Key(
            self,
            "Resource",
            alias=f"alias/{SERVICE}-{settings.stage}",
            description=f"Everything that Reelwright {settings.stage} stores",
            enable_key_rotation=True,
            pending_window=Duration.days(30 if settings.keep_data else 7),
            removal_policy=RemovalPolicy.RETAIN if settings.keep_data else RemovalPolicy.DESTROY,
        )
        for statement in _services():
            self.resource.add_to_resource_policy(statement)


def _services() -> list[iam.PolicyStatement]:
    groups = f"{_OURS}logs:{Aws.REGION}:{Aws.ACCOUNT_ID}:log-group:*"
    fronts = f"{_OURS}cloudfront::{Aws.ACCOUNT_ID}:distribution/*"
    return [
        _may(
            "LogGroups",
            f"logs.{Aws.REGION}.amazonaws.com",
            ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey"],
            {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}},
        ),
        _may(
            "SignedMedia",
            "cloudfront.amazonaws.com",
            ["kms:Decrypt"],
            {**_BY_ACCOUNT, "ArnLike": {"aws:SourceArn": fronts}},
        ),
        _may("RulesSendDeadLetters", "events.amazonaws.com", ["kms:Decrypt", "kms:GenerateDataKey"], _BY_ACCOUNT),
    ]


def _may(sid: str, service: str, actions: list[str], conditions: dict[str, dict[str, str]]) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        sid=sid,
        principals=[iam.ServicePrincipal(service)],
        actions=actions,
        resources=["*"],
        conditions=conditions,
    )
