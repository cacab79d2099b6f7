"""Callbacks: what is announced when, the scripted lies among it, and Standard Webhooks signatures."""

import base64
import hashlib
import hmac
import json
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.simulators.kling.task import FAILED, PROCESSING, Task
from tests.simulators.kling.timeline import Timeline
from tests.simulators.kling.wire import Json


@dataclass
class Delivery:
    """One callback; `outcome` is the HTTP status or the name of the failure, empty until it was sent."""

    task_id: str
    status: str
    url: str
    body: bytes
    webhook_id: str
    kind: str = "genuine"
    due_ms: int = 0
    outcome: str = ""


def sign(secrets: Iterable[str], webhook_id: str, seconds: int, body: bytes) -> dict[str, str]:
    """Return the Standard Webhooks headers, one signature for each secret; no secrets, no headers."""
    message = f"{webhook_id}.{seconds}.".encode() + body
    signatures = [f"v1,{_signature(secret, message)}" for secret in secrets]
    if not signatures:
        return {}
    named = {"webhook-id": webhook_id, "webhook-timestamp": str(seconds)}
    return named | {"webhook-signature": " ".join(signatures)}


def _signature(secret: str, message: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()


@dataclass
class Announcer:
    """Plans the callbacks of every status change; those due wait in `ready` for whoever sends them."""

    timeline: Timeline
    view: Callable[[Task, int], Json]
    delay_ms: int = 0
    ready: deque[Delivery] = field(default_factory=deque)
    planned: list[Delivery] = field(default_factory=list)
    _held: dict[str, list[Delivery]] = field(default_factory=dict)

    def announce(self, task: Task, now_ms: int) -> None:
        """Plan the callbacks of the task's present status, bent by its quirks."""
        if not task.order.callback_url:
            return
        forged = task.quirks.get("callback_forged")
        if forged is not None and task.status == forged.get("at", PROCESSING):
            self._plan(self._forged(task, forged, now_ms), now_ms)
        if self._applies(task, "callback_none"):
            return
        self._hold_or_plan(task, self._copies(task, now_ms), now_ms)

    def _copies(self, task: Task, now_ms: int) -> list[Delivery]:
        body = json.dumps(self.view(task, now_ms)).encode()
        number = len(self.planned) + sum(map(len, self._held.values()))
        genuine = Delivery(task.task_id, task.status, task.order.callback_url, body, f"msg_{task.task_id}_{number}")
        if not self._applies(task, "callback_doubled"):
            return [genuine]
        copies = int(task.quirks["callback_doubled"].get("copies", 2))
        return [genuine, *(Delivery(**{**vars(genuine), "kind": "doubled"}) for _ in range(copies - 1))]

    def _hold_or_plan(self, task: Task, deliveries: list[Delivery], now_ms: int) -> None:
        """Keep a reversed task's callbacks back until its end, then plan them last one first."""
        if "callback_reversed" in task.quirks:
            held = self._held.setdefault(task.task_id, [])
            held.extend(deliveries)
            if not task.ended:
                return
            deliveries = self._held.pop(task.task_id)[::-1]
        late = task.quirks["callback_late"].get("seconds", 60) if self._applies(task, "callback_late") else 0
        for delivery in deliveries:
            self._plan(delivery, now_ms + self.delay_ms + round(1000 * float(late)))

    def _plan(self, delivery: Delivery, at_ms: int) -> None:
        delivery.due_ms = at_ms
        self.planned.append(delivery)
        self.timeline.at(at_ms, lambda _: self.ready.append(delivery))

    def _forged(self, task: Task, args: Json, now_ms: int) -> Delivery:
        """Return a lie sent to the task's own address: `args.fields` replace true ones."""
        body = self.view(task, now_ms) | {"task_status": FAILED} | dict(args.get("fields", {}))
        sent = json.dumps(body).encode()
        status, url = str(body["task_status"]), task.order.callback_url
        return Delivery(task.task_id, status, url, sent, f"msg_forged_{task.task_id}", "forged")

    def _applies(self, task: Task, quirk: str) -> bool:
        """Say whether a quirk concerns this status; `statuses` in its arguments narrows it."""
        args = task.quirks.get(quirk)
        return args is not None and task.status in args.get("statuses", [task.status])
