"""What is told to: a table, a queue, a bus and receivers that remember, and may die with us."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from reelwright.use_cases.tell.ports import Answer, DeliveryKey
from tests.support.fakes import FakeClock

CHANGES: Final = frozenset({"put_item", "update_item", "delete_item", "transact_write_items"})
Perform = Callable[[str, Callable[[], Any]], Any]


def let(_name: str, act: Callable[[], Any]) -> Any:
    """Let an effect happen."""
    return act()


@dataclass
class Seam:
    """Where every outside effect passes."""

    perform: Perform = let


class SeamedTable:
    """A client of DynamoDB whose changes pass the seam."""

    def __init__(self, client: Any, seam: Seam) -> None:
        self._client = client
        self._seam = seam

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._client, name)
        if name not in CHANGES:
            return real
        return lambda **arguments: self._seam.perform(name, lambda: real(**arguments))


@dataclass
class Messages:
    """SQS: messages come when their delay is over, in any case once; `groups` are whose they were."""

    clock: FakeClock
    seam: Seam
    waiting: list[tuple[int, str]] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)

    def send_message(self, **message: Any) -> None:
        at_ms = self.clock.now_ms() + message["DelaySeconds"] * 1000
        self.groups.append(message["MessageGroupId"])
        self.seam.perform("send_message", lambda: self.waiting.append((at_ms, message["MessageBody"])))

    def take(self) -> DeliveryKey | None:
        """The next message that may be seen now."""
        ready = [one for one in sorted(self.waiting) if one[0] <= self.clock.now_ms()]
        if not ready:
            return None
        self.waiting.remove(ready[0])
        body = json.loads(ready[0][1])
        return DeliveryKey(body["endpoint"], body["delivery"])


@dataclass
class Events:
    """EventBridge: remembers what was put; `refuses` names how many of the next entries it does not take."""

    seam: Seam
    published: list[dict[str, Any]] = field(default_factory=list)
    refuses: int = 0

    def put_events(self, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - AWS's own name
        return dict(self.seam.perform("put_events", lambda: self._put(Entries)))

    def _put(self, entries: list[dict[str, Any]]) -> dict[str, Any]:
        refused, self.refuses = entries[: self.refuses], max(0, self.refuses - len(entries))
        self.published += entries[len(refused) :]
        return {"Entries": [{"ErrorCode": "Throttled"} if one in refused else {"EventId": "1"} for one in entries]}

    def ids(self, detail_type: str = "Video") -> list[str]:
        """The ids of what was published, in its order."""
        return [json.loads(one["Detail"])["id"] for one in self.published if one["DetailType"].startswith(detail_type)]


@dataclass
class Receiver:
    """The world's endpoints: `answers` by address, one after the other, the last one for ever; 204 by default.

    An answer is a status, a problem, or a status with the seconds that it asks to wait. `meanwhile` happens while one
    request is under way.
    """

    clock: FakeClock
    seam: Seam
    answers: dict[str, list[int | str | tuple[int, int]]] = field(default_factory=dict)
    posts: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    meanwhile: list[Callable[[], object]] = field(default_factory=list)

    def post(self, url: str, headers: Mapping[str, str], body: str) -> Answer:
        self.clock.advance(0.2)
        return Answer(*self.seam.perform("post", lambda: self._answer(url, dict(headers), body)))

    def _answer(self, url: str, headers: dict[str, str], body: str) -> tuple[Any, ...]:
        self.posts.append((url, headers, body))
        if self.meanwhile:
            self.meanwhile.pop()()
        script = self.answers.get(url, [204])
        told = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(told, tuple):
            return told[0], "", told[1]
        return (told,) if isinstance(told, int) else (None, told)

    def ids(self, url: str) -> list[str]:
        """The message ids that an address got, in their order."""
        return [headers["webhook-id"] for where, headers, _ in self.posts if where == url]
