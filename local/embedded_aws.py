"""`python -m local.embedded_aws`: ministack, telling exceptions as Lambda does, and asking IAM for every role.

As it is, every exception of a Python handler is a `Runtime.HandlerError` and costs the function its process. On AWS the
error's type is the exception's class, which the state machine's `Retry` and `Catch` go by, and the process lives on.
What it does with a role itself it would do unasked: here IAM is asked for that, too (`local.on_behalf`).
What IAM decides is written into the file that the environment names, if it names one.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from ministack import app  # type: ignore[import-untyped]
from ministack.core import iam_evaluator, lambda_runtime  # type: ignore[import-untyped]
from ministack.core.responses import get_account_id  # type: ignore[import-untyped]
from ministack.services import lambda_svc  # type: ignore[import-untyped]

from local.decisions import VARIABLE, Notes
from local.on_behalf import clocks, leavings, machine_logs, machines, mappings
from local.on_behalf.replacing import OtherMinistack

FAILED: Final = "__failed__"
THEIRS: Final = '{"status": "error", "error": str(e), "trace": traceback.format_exc()}'
OURS: Final = (
    '{"status": "ok", "result": {"' + FAILED + '": traceback.format_exc(), '
    '"errorMessage": str(e), "errorType": type(e).__name__, '
    '"stackTrace": traceback.format_tb(e.__traceback__)}}'
)

Execute = Callable[..., dict[str, Any]]


def report_exceptions_by_class() -> None:
    """Correct the worker script and the function that reads its answers. Raises OtherMinistack."""
    script = lambda_runtime._PYTHON_WORKER_SCRIPT  # noqa: SLF001 - there is no public place to correct it
    if script.count(THEIRS) != 1:
        raise OtherMinistack("its worker script reports exceptions in another way")
    lambda_runtime._PYTHON_WORKER_SCRIPT = script.replace(THEIRS, OURS)  # noqa: SLF001
    lambda_svc._execute_function_warm = marking_errors(lambda_svc._execute_function_warm)  # noqa: SLF001


def marking_errors(execute: Execute) -> Execute:
    """The same execution, its result marked as an error where the handler raised."""

    def executed(*args: Any, **kwargs: Any) -> dict[str, Any]:
        outcome = execute(*args, **kwargs)
        body = outcome.get("body")
        if not isinstance(body, dict) or FAILED not in body:
            return outcome
        log = "\n".join(part for part in (outcome.get("log", ""), body.pop(FAILED)) if part)
        return {**outcome, "error": True, "log": log}

    return executed


def decide(notes: Notes | None) -> None:
    """Ask IAM for what AWS does with a role as well, and have every decision about a role noted."""
    if notes:
        iam_evaluator.enforce = notes.noting(iam_evaluator.enforce)
    for part in (machines, machine_logs, clocks, mappings, leavings):
        part.ask(notes.note if notes else lambda _: None)


def caller(access_key: str) -> str:
    """The ARN of who holds an access key, "" for nobody."""
    return str(getattr(iam_evaluator.resolve_principal(access_key, get_account_id()), "arn", ""))


if __name__ == "__main__":
    report_exceptions_by_class()
    path = os.environ.get(VARIABLE, "")
    decide(Notes(Path(path), caller) if path else None)
    app.main()
