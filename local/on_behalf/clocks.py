"""EventBridge Scheduler calls with the schedule's role, and sends with it to the dead letters what it may not call."""

from collections.abc import Mapping
from typing import Any, Final

from ministack.core.arn import parse_arn  # type: ignore[import-untyped]
from ministack.services import eventbridge, scheduler  # type: ignore[import-untyped]

from local.on_behalf.behalf import Behalf, Note
from local.on_behalf.replacing import Function, replace

TICK_SECONDS: Final = 1
"""How often the embedded AWS looks whether a schedule is due; its own ten seconds are long for a test."""


def ask(note: Note) -> None:
    """Let every call of a schedule be decided. Raises OtherMinistack."""
    behalf = Behalf("scheduler.amazonaws.com", note)
    scheduler._SCHEDULE_TICK_INTERVAL = TICK_SECONDS  # noqa: SLF001 - it has no setting for it
    replace(eventbridge, "_invoke_target", lambda invoke: _called(behalf, invoke))


def _called(behalf: Behalf, invoke: Function) -> Function:
    def called(target: Mapping[str, Any], event: object, source: Mapping[str, Any], *more: Any, **named: Any) -> Any:
        """A rule's target is called by the function's own policy, a schedule's by the role."""
        if "Target" not in source or behalf.may(target["RoleArn"], target["Arn"], "lambda:InvokeFunction"):
            return invoke(target, event, source, *more, **named)
        return _keep(behalf, target)

    return called


def _keep(behalf: Behalf, target: Mapping[str, Any]) -> None:
    dead_letters = target.get("DeadLetterConfig", {}).get("Arn", "")
    if dead_letters and behalf.may(target["RoleArn"], dead_letters, "sqs:SendMessage"):
        eventbridge._dispatch_to_sqs(parse_arn(dead_letters), target.get("Input", "{}"))  # noqa: SLF001 - its one way
