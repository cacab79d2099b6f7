"""A small interpreter of the deployed state machine: Task with Retry and Catch, task tokens, Succeed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.simulation.baton import Crash
from tests.simulation.memory.parking import park
from tests.simulation.memory.rows import Rows
from tests.simulation.world import World

MOVED_ON = "DynamoDb.ConditionalCheckFailedException"
MOST_TRANSITIONS = 150
"""An execution that makes more goes round in circles: transitions are billed, and an execution's history is finite."""


@dataclass(slots=True)
class Execution:
    """One execution; `visit` counts the entries into states, and tells an old event from a current one."""

    name: str
    given: dict[str, Any]
    state: str = ""
    status: str = "RUNNING"
    visit: int = 0
    transitions: int = 0
    tries: dict[int, int] = field(default_factory=dict)
    token: str = ""


class Machine:
    """Runs executions; `tasks` are the functions by ARN.

    `failed` hears of executions that did not succeed, `spinning` of those that go round in circles.
    """

    def __init__(self, world: World, rows: Rows, definition: dict[str, Any]) -> None:
        self._world = world
        self._rows = rows
        self._states: dict[str, Any] = definition["States"]
        self._first: str = definition["StartAt"]
        self.tasks: dict[str, tuple[int, Callable[[dict[str, Any]], object]]] = {}
        self.failed: Callable[[str], None] = lambda _: None
        self.spinning: Callable[[str], None] = lambda _: None
        self.executions: dict[str, Execution] = {}

    def start(self, name: str, given: dict[str, Any]) -> None:
        """Begin a new execution."""
        execution = self.executions[name] = Execution(name, given)
        self._world.at(1, lambda: self._enter(execution, self._first))

    def send_success(self, token: str) -> bool:
        """Whether somebody still waited for the token."""
        running = (one for one in self.executions.values() if one.status == "RUNNING")
        execution = next((one for one in running if one.token == token), None)
        if execution is not None:
            execution.token = ""
            self._world.at(1, partial(self._next, execution, execution.visit))
        return execution is not None

    def _enter(self, execution: Execution, state: str) -> None:
        if self._world.chance(self._world.chaos.crash * 0.5):
            return self._end(execution, "ABORTED")
        execution.transitions += 1
        execution.state, execution.tries = state, {}
        if self._states[state]["Type"] == "Succeed":
            return self._end(execution, "SUCCEEDED")
        if execution.transitions > MOST_TRANSITIONS:
            self.spinning(execution.name)
            return self._end(execution, "FAILED")
        return self._attempt(execution)

    def _attempt(self, execution: Execution) -> None:
        if execution.status != "RUNNING":
            return
        execution.visit += 1
        if self._states[execution.state]["Resource"].endswith(".waitForTaskToken"):
            self._park(execution)
        else:
            self._invoke(execution)

    def _park(self, execution: Execution) -> None:
        visit = execution.visit
        execution.token = f"{execution.name}/{visit}"
        if self._world.chance(self._world.chaos.transient):
            return self._error(execution, visit, "DynamoDb.ThrottlingException")
        given = execution.given
        if not park(self._rows, given["job"], given["attempt"], execution.token):
            return self._error(execution, visit, MOVED_ON)
        seconds: int = self._states[execution.state]["TimeoutSeconds"]
        return self._world.at(seconds * 1000, lambda: self._error(execution, visit, "States.Timeout", execution.token))

    def _invoke(self, execution: Execution) -> None:
        name: str = self._states[execution.state]["Parameters"]["FunctionName"]
        timeout_ms, function = self.tasks[name]
        visit, given = execution.visit, execution.given

        def done(_result: object, error: BaseException | None) -> None:
            if error is None:
                self._next(execution, visit)
            else:
                told = "Lambda.Unknown" if isinstance(error, Crash) else type(error).__name__
                self._error(execution, visit, told)

        self._world.call(name, timeout_ms, lambda: function(given), done)

    def _next(self, execution: Execution, visit: int) -> None:
        if execution.visit != visit or execution.status != "RUNNING":
            return None
        state = self._states[execution.state]
        if state.get("End"):
            return self._end(execution, "SUCCEEDED")
        return self._world.at(1, lambda: self._enter(execution, state["Next"]))

    def _error(self, execution: Execution, visit: int, error: str, token: str | None = None) -> None:
        current = execution.visit == visit and execution.status == "RUNNING"
        if not current or token not in {None, execution.token}:
            return None
        self._world.note(f"{execution.name} {execution.state}", error)
        execution.token = ""
        state = self._states[execution.state]
        delay_ms = self._retry_ms(execution, state.get("Retry", []), error)
        if delay_ms is not None:
            return self._world.at(delay_ms, partial(self._attempt, execution))
        catcher = next((one for one in state.get("Catch", []) if _matches(one, error)), None)
        if catcher is None:
            return self._end(execution, "FAILED")
        return self._world.at(1, partial(self._enter, execution, catcher["Next"]))

    def _retry_ms(self, execution: Execution, retriers: list[dict[str, Any]], error: str) -> int | None:
        for number, retrier in enumerate(retriers):
            if _matches(retrier, error):
                tried = execution.tries.get(number, 0)
                execution.tries[number] = tried + 1
                return self._pause_ms(retrier, tried) if tried < retrier["MaxAttempts"] else None
        return None

    def _pause_ms(self, retrier: dict[str, Any], tried: int) -> int:
        longest = min(retrier["IntervalSeconds"] * retrier["BackoffRate"] ** tried, retrier["MaxDelaySeconds"])
        return self._world.rng.randint(0, int(longest * 1000))

    def _end(self, execution: Execution, status: str) -> None:
        execution.status = status
        self._world.note(f"{execution.name} ends", status)
        if status != "SUCCEEDED":
            self.failed(execution.name)


def _matches(rule: dict[str, Any], error: str) -> bool:
    return error in rule["ErrorEquals"] or "States.ALL" in rule["ErrorEquals"]
