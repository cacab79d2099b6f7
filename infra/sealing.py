"""Seals everything that is stored with the owner's key, and lets each role use the key where it already may act."""

from typing import Any

from aws_cdk import Aws, CfnResource, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import IConstruct

_DYNAMODB = ("kms:Decrypt", "kms:DescribeKey")
_DYNAMODB_WRITE = (*_DYNAMODB, "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo")
_WRITE = ("kms:Decrypt", "kms:GenerateDataKey")
_BY_ACTION = {
    "dynamodb:BatchGetItem": _DYNAMODB,
    "dynamodb:DescribeStream": _DYNAMODB,
    "dynamodb:GetItem": _DYNAMODB,
    "dynamodb:GetRecords": _DYNAMODB,
    "dynamodb:GetShardIterator": _DYNAMODB,
    "dynamodb:ListStreams": (),
    "dynamodb:Query": _DYNAMODB,
    "dynamodb:DeleteItem": _DYNAMODB_WRITE,
    "dynamodb:PutItem": _DYNAMODB_WRITE,
    "dynamodb:UpdateItem": _DYNAMODB_WRITE,
    "s3:AbortMultipartUpload": (),
    "s3:DeleteObject": (),
    "s3:GetObject": ("kms:Decrypt",),
    "s3:PutObject": _WRITE,
    "secretsmanager:GetSecretValue": ("kms:Decrypt",),
    "secretsmanager:PutSecretValue": _WRITE,
    "sqs:DeleteMessage": (),
    "sqs:GetQueueAttributes": (),
    "sqs:ReceiveMessage": ("kms:Decrypt",),
    "sqs:SendMessage": _WRITE,
}
"""What a role needs of the key to do what it was allowed (developer guides of the four services).

An action of theirs that is missing here fails the synthesis: nobody finds out in production.
"""

_SERVICES = {action.partition(":")[0] for action in _BY_ACTION}


def seal(app: IConstruct, key: kms.Key) -> None:
    """Give every table, bucket, queue, secret and log group the key, and every role its part of it."""
    for construct in app.node.find_all():
        if isinstance(construct, iam.Policy):
            _allow(construct, key.key_arn)
        elif isinstance(construct, CfnResource):
            for path, value in _encryption(construct.cfn_resource_type, key.key_arn).items():
                construct.add_property_override(path, value)


def _encryption(kind: str, arn: str) -> dict[str, Any]:
    """The properties, by path, that seal a resource of this type."""
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": arn}
    rules = [{"ServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}]
    by_kind: dict[str, dict[str, Any]] = {
        "AWS::DynamoDB::Table": {"SSESpecification": {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": arn}},
        "AWS::S3::Bucket": {"BucketEncryption.ServerSideEncryptionConfiguration": rules},
        "AWS::SQS::Queue": {"KmsMasterKeyId": arn, "SqsManagedSseEnabled": False},
        "AWS::SecretsManager::Secret": {"KmsKeyId": arn},
        "AWS::Logs::LogGroup": {"KmsKeyId": arn},
    }
    return by_kind.get(kind, {})


def _allow(policy: iam.Policy, arn: str) -> None:
    """Per service, so that no role can use the key past the services that it already acts on."""
    for service, actions in sorted(_needed(policy).items()):
        policy.add_statements(
            iam.PolicyStatement(
                actions=sorted(actions),
                resources=[arn],
                conditions={"StringEquals": {"kms:ViaService": f"{service}.{Aws.REGION}.{Aws.URL_SUFFIX}"}},
            )
        )


def _needed(policy: iam.Policy) -> dict[str, set[str]]:
    needed: dict[str, set[str]] = {}
    for statement in Stack.of(policy).resolve(policy.document.to_json())["Statement"]:
        listed = statement["Action"]
        for action in [listed] if isinstance(listed, str) else listed:
            service = action.partition(":")[0]
            if service in _SERVICES:
                needed.setdefault(service, set()).update(_BY_ACTION[action])
    return {service: actions for service, actions in needed.items() if actions}
