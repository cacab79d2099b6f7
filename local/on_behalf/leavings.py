"""Lambda writes a function's log and sends its dead letters with the function's role."""

from collections.abc import Mapping
from typing import Any

from ministack.core.responses import get_account_id, get_region  # type: ignore[import-untyped]
from ministack.services import lambda_svc  # type: ignore[import-untyped]

from local.on_behalf.behalf import Behalf, Note
from local.on_behalf.mappings import role_of
from local.on_behalf.replacing import Function, replace


def ask(note: Note) -> None:
    """Let every log and every dead letter be decided; refused, there is none. Raises OtherMinistack."""
    behalf = Behalf("lambda.amazonaws.com", note)
    replace(lambda_svc, "_emit_lambda_logs", lambda emit: _logged(behalf, emit))
    replace(lambda_svc, "_route_async_failure", lambda send: _failed_call(behalf, send))
    replace(lambda_svc, "_send_ddb_stream_failure_record", lambda send: _failed_batch(behalf, send))


def _logged(behalf: Behalf, emit: Function) -> Function:
    def logged(function: Mapping[str, Any], *more: Any, **named: Any) -> None:
        stream = f"{_log_group(function)}:log-stream:"
        if behalf.may(role_of(function), stream, "logs:CreateLogStream", "logs:PutLogEvents"):
            emit(function, *more, **named)

    return logged


def _log_group(function: Mapping[str, Any]) -> str:
    config = function.get("config") or function
    name = config.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{config.get('FunctionName')}"
    return f"arn:aws:logs:{get_region()}:{get_account_id()}:log-group:{name}"


def _failed_call(behalf: Behalf, send: Function) -> Function:
    def sent(queue_arn: str, function: str, *more: Any) -> None:
        role = role_of(lambda_svc._functions[function])  # noqa: SLF001 - where it keeps them
        if behalf.may(role, queue_arn, "sqs:SendMessage"):
            send(queue_arn, function, *more)

    return sent


def _failed_batch(behalf: Behalf, send: Function) -> Function:
    def sent(mapping: Mapping[str, Any], function: Mapping[str, Any], *more: Any) -> None:
        queue_arn = mapping.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", "")
        if behalf.may(role_of(function), queue_arn, "sqs:SendMessage"):
            send(mapping, function, *more)

    return sent
