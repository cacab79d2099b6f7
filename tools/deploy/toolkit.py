"""The bootstrap stack: the bucket that assets are put into.

An account that was prepared by `cdk bootstrap` has it. Elsewhere the smallest part of it is made under the same names
and logical ids, so that a later `cdk bootstrap` updates it in place.
"""

import json
from typing import Any, Final

from botocore.exceptions import ClientError

STACK: Final = "CDKToolkit"
_VERSION = "6"  # the lowest that today's templates ask for
_BUCKET: dict[str, Any] = {
    "Type": "AWS::S3::Bucket",
    "DeletionPolicy": "Retain",
    "UpdateReplacePolicy": "Retain",
    "Properties": {
        "BucketName": {"Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"},
        "PublicAccessBlockConfiguration": {
            "BlockPublicAcls": True,
            "BlockPublicPolicy": True,
            "IgnorePublicAcls": True,
            "RestrictPublicBuckets": True,
        },
        "VersioningConfiguration": {"Status": "Enabled"},
    },
}
_POLICY: dict[str, Any] = {
    "Type": "AWS::S3::BucketPolicy",
    "Properties": {
        "Bucket": {"Ref": "StagingBucket"},
        "PolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "AllowSSLRequestsOnly",
                    "Effect": "Deny",
                    "Principal": "*",
                    "Action": "s3:*",
                    "Resource": [
                        {"Fn::GetAtt": ["StagingBucket", "Arn"]},
                        {"Fn::Sub": "${StagingBucket.Arn}/*"},
                    ],
                    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                }
            ],
        },
    },
}
_VERSION_PARAMETER: dict[str, Any] = {
    "Type": "AWS::SSM::Parameter",
    "Properties": {"Type": "String", "Name": "/cdk-bootstrap/hnb659fds/version", "Value": _VERSION},
}
TEMPLATE: Final[dict[str, Any]] = {
    "Description": "The bucket that CDK assets are deployed from",
    "Resources": {
        "StagingBucket": _BUCKET,
        "StagingBucketPolicy": _POLICY,
        "CdkBootstrapVersion": _VERSION_PARAMETER,
    },
    "Outputs": {"BucketName": {"Value": {"Ref": "StagingBucket"}}},
}


def ensure_toolkit(cloudformation: Any) -> str:
    """Make the stack unless it is there; the bucket's name."""
    stack = _stack(cloudformation)
    if stack is None:
        cloudformation.create_stack(StackName=STACK, TemplateBody=json.dumps(TEMPLATE))
        cloudformation.get_waiter("stack_create_complete").wait(StackName=STACK)
        stack = _stack(cloudformation) or {}
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
    return str(outputs["BucketName"])


def _stack(cloudformation: Any) -> dict[str, Any] | None:
    try:
        stack: dict[str, Any] = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":
            return None
        raise
    return stack
