"""SQS and its event source mapping on virtual time: moto took the message, this delivers it, at least once."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.crash.agenda import Agenda

VISIBILITY_SECONDS = 150
"""Longer than dispatch may take; the deployment's 720 s would add nothing but sweeps that find nothing."""
MAX_RECEIVES = 4


@dataclass(slots=True)
class Message:
    """A message; `receives` counts deliveries."""

    id: str
    body: str
    receives: int = 0


@dataclass
class HintsQueue:
    """Delivers each message to `serve` (True: it succeeded) until that worked or its receives are used up."""

    agenda: Agenda
    serve: Callable[[dict[str, Any]], bool]
    sent: list[Message] = field(default_factory=list)
    dead: list[Message] = field(default_factory=list)
    waiting: int = 0
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    def accept(self, told: Mapping[str, Any]) -> None:
        """Plan the delivery of what SendMessage took."""
        message = Message(f"m{next(self._ids)}", str(told["MessageBody"]))
        self.sent.append(message)
        self._plan(message, float(told.get("DelaySeconds", 0)) + 0.05)

    def _plan(self, message: Message, seconds: float) -> None:
        self.waiting += 1
        self.agenda.after(seconds, lambda: self._deliver(message))

    def _deliver(self, message: Message) -> None:
        self.waiting -= 1
        message.receives += 1
        if self.serve(event(message)):
            return
        if message.receives >= MAX_RECEIVES:
            self.dead.append(message)
        else:
            self._plan(message, VISIBILITY_SECONDS)


def event(message: Message) -> dict[str, Any]:
    """The event that the mapping makes of one message."""
    record = {
        "messageId": message.id,
        "receiptHandle": message.id,
        "body": message.body,
        "attributes": {"ApproximateReceiveCount": str(message.receives)},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:hints",
        "awsRegion": "eu-central-1",
    }
    return {"Records": [record]}


def succeeded(answer: Any) -> bool:
    """True unless the function named the message as failed."""
    return not json.loads(json.dumps(answer)).get("batchItemFailures")
