"""A state machine that logs is made and changed only where its role may deliver logs."""

import json
from collections.abc import Mapping
from typing import Any, Final

from ministack.services import stepfunctions  # type: ignore[import-untyped]
from ministack.services.cloudformation import provisioners  # type: ignore[import-untyped]

from local.on_behalf.behalf import Behalf, Note
from local.on_behalf.replacing import Function, replace

DELIVER: Final = tuple(
    f"logs:{action}"
    for action in (
        *("CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries"),
        *("PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"),
    )
)
"""What the role must be allowed (Step Functions Developer Guide, "Using CloudWatch Logs to log execution history")."""

REFUSED: Final = "The state machine IAM Role is not authorized to access the Log Destination"


def ask(note: Note) -> None:
    """Let every machine that logs be decided when it is made or changed. Raises OtherMinistack."""
    behalf = Behalf("states.amazonaws.com", note)
    for name in ("_create_state_machine", "_update_state_machine"):
        replace(stepfunctions, name, lambda change: _changed(behalf, change))
    made = provisioners._RESOURCE_HANDLERS["AWS::StepFunctions::StateMachine"]  # noqa: SLF001 - it looks there
    made["create"] = _deployed(behalf, made["create"])


def _changed(behalf: Behalf, change: Function) -> Function:
    def changed(told: Mapping[str, Any]) -> Any:
        level = told.get("loggingConfiguration", {}).get("level", "OFF")
        if level == "OFF" or behalf.may(_role_of(told), "*", *DELIVER):
            return change(told)
        return 400, {}, json.dumps({"__type": "AccessDeniedException", "message": REFUSED}).encode()

    return changed


def _deployed(behalf: Behalf, create: Function) -> Function:
    def deployed(name: str, told: Mapping[str, Any], stack: str) -> Any:
        if "LoggingConfiguration" in told and not behalf.may(told["RoleArn"], "*", *DELIVER):
            raise ValueError(REFUSED)
        return create(name, told, stack)

    return deployed


def _role_of(told: Mapping[str, Any]) -> str:
    known = stepfunctions._state_machines.get(told.get("stateMachineArn"), {})  # noqa: SLF001 - where it keeps them
    return str(told.get("roleArn") or known.get("roleArn", ""))
