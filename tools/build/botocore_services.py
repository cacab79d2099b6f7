"""The AWS operations that Reelwright calls; everything else is cut from botocore's data.

The names are those of the service models. A test holds this table against the calls in the library and the functions,
so a new call is added here first.
"""

from collections.abc import Mapping
from types import MappingProxyType

SERVICES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "dynamodb": frozenset(
            {
                "BatchGetItem",
                "BatchWriteItem",
                "DeleteItem",
                "GetItem",
                "PutItem",
                "Query",
                "TransactGetItems",
                "TransactWriteItems",
                "UpdateItem",
            },
        ),
        "events": frozenset({"PutEvents"}),
        "s3": frozenset(
            {
                "AbortMultipartUpload",
                "CompleteMultipartUpload",
                "CopyObject",
                "CreateMultipartUpload",
                "DeleteObject",
                "GetObject",
                "HeadObject",
                "PutObject",
                "UploadPart",
            },
        ),
        "secretsmanager": frozenset({"GetSecretValue", "PutSecretValue"}),
        "sqs": frozenset({"ChangeMessageVisibility", "SendMessage", "SendMessageBatch"}),
        "stepfunctions": frozenset(
            {"DescribeExecution", "SendTaskFailure", "SendTaskHeartbeat", "SendTaskSuccess", "StartExecution"},
        ),
    },
)
