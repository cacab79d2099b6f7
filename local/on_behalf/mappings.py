"""Lambda reads the queues and streams that are mapped to a function with the function's role."""

from collections.abc import Mapping
from typing import Any, Final

from ministack.services import dynamodb, lambda_svc, sqs  # type: ignore[import-untyped]

from local.on_behalf.behalf import Behalf, Note
from local.on_behalf.replacing import Function, replace

READ_QUEUE: Final = ("sqs:ReceiveMessage", "sqs:GetQueueAttributes")
READ_STREAM: Final = ("dynamodb:DescribeStream", "dynamodb:GetShardIterator", "dynamodb:GetRecords")
"""With sqs:DeleteMessage and dynamodb:ListStreams what AWS's own policies for this hold besides logs:
AWSLambdaSQSQueueExecutionRole and AWSLambdaDynamoDBExecutionRole."""


def ask(note: Note) -> None:
    """Let every look into a queue or a stream be decided; refused, it is empty. Raises OtherMinistack."""
    behalf = Behalf("lambda.amazonaws.com", note)
    replace(sqs, "_receive_messages_for_esm", lambda receive: _received(behalf, receive))
    replace(sqs, "_delete_messages_for_esm", lambda delete: _deleted(behalf, delete))
    replace(dynamodb, "stream_records_since", lambda read: _read(behalf, read))


def _received(behalf: Behalf, receive: Function) -> Function:
    def received(queue_url: str, number: int) -> Any:
        arn = _arn(queue_url)
        return receive(queue_url, number) if behalf.may(_reader(arn), arn, *READ_QUEUE) else []

    return received


def _deleted(behalf: Behalf, delete: Function) -> Function:
    def deleted(queue_url: str, handles: set[str]) -> None:
        arn = _arn(queue_url)
        if behalf.may(_reader(arn), arn, "sqs:DeleteMessage"):
            delete(queue_url, handles)

    return deleted


def _read(behalf: Behalf, read: Function) -> Function:
    def records(table: str, position: int, limit: int, **scope: Any) -> Any:
        arn = dynamodb._tables[table]["LatestStreamArn"]  # noqa: SLF001 - where it keeps them
        role = _reader(arn)
        allowed = (behalf.may(role, arn, *READ_STREAM), behalf.may(role, "*", "dynamodb:ListStreams"))
        return read(table, position, limit, **scope) if all(allowed) else []

    return records


def _arn(queue_url: str) -> str:
    return str(sqs._queues[queue_url]["attributes"]["QueueArn"])  # noqa: SLF001 - where it keeps them


def _reader(source_arn: str) -> str:
    """The role of the function that the source is mapped to: there is one for each source."""
    mappings = lambda_svc._esms.values()  # noqa: SLF001 - where it keeps them
    name = next(one["FunctionName"] for one in mappings if one["EventSourceArn"] == source_arn)
    return role_of(lambda_svc._functions[name])  # noqa: SLF001 - the same


def role_of(function: Mapping[str, Any]) -> str:
    """The ARN of a function's role."""
    return str((function.get("config") or function).get("Role", ""))
