"""A small interpreter of our own state machine on virtual time.

It understands what `infra.state_machine` uses and nothing else: Task (a function, or a parked token), Retry, Catch,
TimeoutSeconds, Succeed. tests/workflow holds the same definition against a complete implementation. Jitter is left
out: every retry waits its longest time.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from tests.crash.agenda import Agenda

State = Mapping[str, Any]
Invoke = Callable[[str, dict[str, Any]], str]
"""(function, payload) → "" or the name of the error."""


@dataclass
class Execution:
    """One execution; `turn` counts states entered, so that a timer of a state that was left does nothing."""

    name: str
    given: dict[str, Any]
    state: str
    status: str = "RUNNING"
    token: str = ""
    turn: int = 0
    tries: dict[int, int] = field(default_factory=dict)


@dataclass
class Machine:
    """All executions of one definition; `ended` is told of each that fails."""

    definition: State
    agenda: Agenda
    park: Callable[[dict[str, Any]], None]
    invoke: Invoke
    ended: Callable[[Execution], None]
    executions: dict[str, Execution] = field(default_factory=dict)

    def start(self, name: str, given: dict[str, Any]) -> None:
        """Begin an execution, unless one of that name exists."""
        if name not in self.executions:
            self.executions[name] = Execution(name, given, str(self.definition["StartAt"]))
            self._plan(self.executions[name], 0.05)

    def resume(self, token: str) -> bool:
        """Hand a token back; False when nobody awaits it any more."""
        execution = next((one for one in self.executions.values() if one.token == token), None)
        if execution is None:
            return False
        self._go(execution, self._now(execution)["Next"])
        return True

    def running(self) -> bool:
        """True while any execution runs."""
        return any(execution.status == "RUNNING" for execution in self.executions.values())

    def _now(self, execution: Execution) -> State:
        state: State = self.definition["States"][execution.state]
        return state

    def _go(self, execution: Execution, state: str) -> None:
        execution.state, execution.token, execution.tries = state, "", {}
        self._plan(execution, 0.05)

    def _plan(self, execution: Execution, seconds: float, error: str = "") -> None:
        """Enter the present state after a while, or let `error` befall it if it has not been left by then."""
        execution.turn += 1
        turn = execution.turn

        def due() -> None:
            if execution.turn == turn and execution.status == "RUNNING":
                self._failed(execution, error) if error else self._enter(execution)

        self.agenda.after(seconds, due)

    def _enter(self, execution: Execution) -> None:
        state = self._now(execution)
        if state["Type"] == "Succeed":
            self._end(execution, "SUCCEEDED")
        elif "waitForTaskToken" in state["Resource"]:
            self._park(execution, state)
        else:
            error = self.invoke(state["Parameters"]["FunctionName"], dict(execution.given))
            self._failed(execution, error) if error else self._leave(execution, state)

    def _leave(self, execution: Execution, state: State) -> None:
        self._end(execution, "SUCCEEDED") if state.get("End") else self._go(execution, state["Next"])

    def _park(self, execution: Execution, state: State) -> None:
        token = f"token-{execution.name}-{execution.turn}"
        try:
            self.park(filled(state["Parameters"], execution.given, token))
        except ClientError as error:
            self._failed(execution, f"DynamoDb.{error.response['Error']['Code']}")
        else:
            execution.token = token
            self._plan(execution, float(state["TimeoutSeconds"]), "States.Timeout")

    def _failed(self, execution: Execution, error: str) -> None:
        execution.token = ""
        state = self._now(execution)
        for number, retrier in enumerate(state.get("Retry", ())):
            if _matches(retrier, error):
                tried = execution.tries.get(number, 0)
                if tried >= int(retrier["MaxAttempts"]):
                    break
                execution.tries[number] = tried + 1
                wait = float(retrier["IntervalSeconds"]) * float(retrier["BackoffRate"]) ** tried
                return self._plan(execution, min(wait, float(retrier["MaxDelaySeconds"])))
        for catcher in state.get("Catch", ()):
            if _matches(catcher, error):
                return self._go(execution, catcher["Next"])
        return self._end(execution, "FAILED")

    def _end(self, execution: Execution, status: str) -> None:
        execution.status, execution.turn = status, execution.turn + 1
        self.ended(execution)


def _matches(rule: State, error: str) -> bool:
    return error in rule["ErrorEquals"] or "States.ALL" in rule["ErrorEquals"]


def filled(template: Any, given: Mapping[str, Any], token: str) -> Any:
    """Parameters with their paths resolved: `name.$` takes `$.field`, the token, or States.Format of a field."""
    if not isinstance(template, dict):
        return template
    found = {}
    for name, value in template.items():
        if name.endswith(".$"):
            found[name[:-2]] = _resolved(str(value), given, token)
        else:
            found[name] = filled(value, given, token)
    return found


def _resolved(path: str, given: Mapping[str, Any], token: str) -> str:
    if path == "$$.Task.Token":
        return token
    match = re.fullmatch(r"States\.Format\('(.*)', \$\.(\w+)\)", path)
    if match is None:
        raise ValueError(path)
    return match[1].replace("{}", str(given[match[2]]))
