"""The AWS operations that Reelwright calls; everything else is cut from botocore's data.

The names are those of the service models. A test holds this table against the calls in the library and the functions,
in both directions: a call that is missing here would fail in the package only, one too many is paid for at each start.
"""

from collections.abc import Mapping
from types import MappingProxyType

_DYNAMODB = {"BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "TransactWriteItems", "UpdateItem"}
_UPLOADS = {"AbortMultipartUpload", "CompleteMultipartUpload", "CreateMultipartUpload", "PutObject", "UploadPart"}

SERVICES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "dynamodb": frozenset(_DYNAMODB),
        "events": frozenset({"PutEvents"}),
        "s3": frozenset({*_UPLOADS, "CopyObject", "DeleteObject", "GetObject"}),
        "secretsmanager": frozenset({"GetSecretValue", "PutSecretValue"}),
        "sqs": frozenset({"SendMessage"}),
        "stepfunctions": frozenset({"DescribeExecution", "SendTaskSuccess", "StartExecution"}),
    },
)
