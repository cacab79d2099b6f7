"""State machines call functions and write rows with their role."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from ministack.core.responses import get_account_id, get_region  # type: ignore[import-untyped]
from ministack.services import stepfunctions  # type: ignore[import-untyped]

from local.on_behalf.behalf import Behalf, Note
from local.on_behalf.replacing import Function, replace

_role: ContextVar[str] = ContextVar("role")
"""The ARN of the role of the execution whose task runs here."""


def ask(note: Note) -> None:
    """Let every task be decided; refused, it fails. Raises OtherMinistack."""
    behalf = Behalf("states.amazonaws.com", note)
    replace(stepfunctions, "_execute_task", _with_role)
    for name in ("_invoke_resource", "_invoke_with_callback"):
        replace(stepfunctions, name, lambda invoke: _allowed(behalf, invoke))


def _with_role(execute: Function) -> Function:
    def executed(state: object, told: object, execution: Mapping[str, Any], context: object) -> Any:
        machines = stepfunctions._state_machines  # noqa: SLF001 - where it keeps them
        before = _role.set(machines[execution["stateMachineArn"]]["roleArn"])
        try:
            return execute(state, told, execution, context)
        finally:
            _role.reset(before)

    return executed


def _allowed(behalf: Behalf, invoke: Function) -> Function:
    def invoked(task: str, told: Mapping[str, Any], *more: Any) -> Any:
        action, resource = needed(task, told)
        if not behalf.may(_role.get(), resource, action):
            raise stepfunctions._ExecutionError(  # noqa: SLF001 - as its own tasks fail
                "States.Permissions", f"The role is not authorized to perform {action}"
            )
        return invoke(task, told, *more)

    return invoked


def needed(task: str, told: Mapping[str, Any]) -> tuple[str, str]:
    """The action of a task, and what it acts on. Raises NotImplementedError for a kind that is not described here."""
    if "states:::lambda:invoke" in task:
        return "lambda:InvokeFunction", told["FunctionName"]
    if "aws-sdk:dynamodb:updateItem" in task:
        return "dynamodb:UpdateItem", f"arn:aws:dynamodb:{get_region()}:{get_account_id()}:table/{told['TableName']}"
    raise NotImplementedError(f"nobody said which right {task} needs")
