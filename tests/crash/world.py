"""One run: the functions, the queue, the state machine, the schedule and Kling, on one virtual clock."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from infra.settings import WorkflowSettings
from infra.state_machine import Ends, definition
from reelwright.adapters.aws.clients import client
from tests.crash import cloud
from tests.crash.agenda import Agenda
from tests.crash.effects import Invocation, Seams
from tests.crash.functions import TIMEOUT_SECONDS, Functions, Handler, Outcome
from tests.crash.machine import Execution, Machine
from tests.crash.queue import HintsQueue, succeeded
from tests.crash.requests_in import cancel_event, http_event, submit_event
from tests.simulators.kling.simulator import KlingSimulator

SWEEP_SECONDS = 60
PATIENCE_SECONDS = 3
CLIENT_TRIES = 4

DEFINITION = definition(
    WorkflowSettings(), Ends(cloud.TABLE, "poll", "finalize", TIMEOUT_SECONDS["poll"], TIMEOUT_SECONDS["finalize"])
)


@dataclass
class World:
    """Wires deliveries to invocations. `answers` are what clients got: key → job id."""

    seams: Seams
    kling: KlingSimulator
    handlers: Callable[[str], Handler]
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    canceled: dict[str, int] = field(default_factory=dict)
    asking: int = 0

    def __post_init__(self) -> None:
        clock = self.kling.app.api.clock
        self.agenda = Agenda(clock, self.kling.app.timeline, self.kling.control)  # type: ignore[arg-type]
        self.functions = Functions(self.seams, self.handlers)
        self.queue = HintsQueue(self.agenda, lambda event: self._ok(self.invoke("dispatch", event)))
        self.machine = Machine(DEFINITION, self.agenda, _park, self._task, self._ended)
        self.seams.tick, self.seams.overtake = self.agenda.tick, self._overtake
        self.agenda.after(SWEEP_SECONDS, self._sweep)

    def invoke(self, function: str, event: dict[str, Any]) -> Outcome:
        """One delivery of an event, remembered so that it can be delivered again."""
        self.events.append((function, event))
        return self.functions.invoke(function, event)

    def listen(self, operation: str, told: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What AWS does about a call that it took."""
        if operation == "SendMessage" and told["QueueUrl"] == cloud.QUEUE_URL:
            self.queue.accept(told)
        if operation == "StartExecution":
            self.machine.start(told["name"], json.loads(told["input"]))
        if operation == "SendTaskSuccess" and not self.machine.resume(told["taskToken"]):
            return {"__type": "TaskTimedOut", "message": "Task Timed Out"}
        return None

    def submit(self, seconds: float, body: Mapping[str, object], key: str = "key-1", tries: int = CLIENT_TRIES) -> None:
        """A client asks for a video, and asks again with the same key while no answer comes."""
        self.asking += 1
        self.agenda.after(seconds, lambda: self._ask(body, key, tries - 1))

    def _ask(self, body: Mapping[str, object], key: str, tries: int) -> None:
        self.asking -= 1
        answer = self.invoke("submit", submit_event(body, key)).answer
        if answer and answer["statusCode"] < 500:
            self.answers[key] = json.loads(answer["body"]).get("id", f"refused {answer['statusCode']}")
        elif tries:
            self.submit(PATIENCE_SECONDS, body, key, tries)

    def cancel(self, seconds: float, key: str = "key-1", tries: int = CLIENT_TRIES) -> None:
        """A client cancels the job that it got for `key`."""
        self.asking += 1
        self.agenda.after(seconds, lambda: self._cancel(key, tries - 1))

    def _cancel(self, key: str, tries: int) -> None:
        self.asking -= 1
        job_id = self.answers.get(key)
        answer = self.invoke("submit", cancel_event(job_id)).answer if job_id else None
        if answer and answer["statusCode"] < 500:
            self.canceled[key] = answer["statusCode"]
        elif tries:
            self.cancel(PATIENCE_SECONDS, key, tries)

    def callback(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Kling calls back. Raises ConnectionError where no answer comes."""
        path = "/" + url.split("/", 3)[3]
        lower = {name.lower(): value for name, value in headers.items()}
        outcome = self.invoke("webhook", http_event(path, body, lower))
        if outcome.error:
            raise requests.ConnectionError(outcome.error)
        return int(outcome.answer["statusCode"])

    def idle(self) -> bool:
        """True when nobody but the sweep has anything left to do."""
        return not (self.asking or self.queue.waiting or self.machine.running() or self.kling.app.timeline.next_ms())

    def again(self) -> None:
        """Deliver every event once more, as any of their senders may."""
        for function, event in tuple(self.events):
            if function != "sweep":
                self.functions.invoke(function, event)

    def _sweep(self) -> None:
        self.agenda.after(SWEEP_SECONDS, self._sweep)
        self.functions.invoke("sweep", {})

    def _task(self, function: str, payload: dict[str, Any]) -> str:
        return self.invoke(function, payload).error

    def _ended(self, execution: Execution) -> None:
        cloud.execution_status(execution.name, execution.status)
        if execution.status == "FAILED":
            event = {"detail": {"name": execution.name, "status": "FAILED"}}
            self.agenda.after(1, lambda: self._told(event))

    def _told(self, event: dict[str, Any]) -> None:
        """The rule for failed executions hands one to the sweep."""
        self.functions.invoke("sweep", event)

    def _overtake(self, invocation: Invocation) -> None:
        """Somebody else serves the same event now, and the world goes on for as long as the function may live."""
        self.seams.running.append(None)
        try:
            self.functions.invoke(invocation.function, invocation.event)
            allowed = TIMEOUT_SECONDS[invocation.function] - 5
            self.agenda.run(self.agenda.clock.now_ms() + allowed * 1000)
        finally:
            self.seams.running.pop()

    @staticmethod
    def _ok(outcome: Outcome) -> bool:
        return not outcome.error and succeeded(outcome.answer)


def _park(parameters: dict[str, Any]) -> None:
    """What the state machine itself does at Await: a call of AWS, not of a function."""
    client("dynamodb").update_item(**parameters)
