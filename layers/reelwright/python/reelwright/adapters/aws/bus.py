"""The event bus: implements `ports.Bus` on EventBridge."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from reelwright.domain.event import SCHEMA_VERSION, Event
from reelwright.use_cases.ports import Telemetry

if TYPE_CHECKING:
    from mypy_boto3_events.client import EventBridgeClient

SOURCE: Final = "reelwright"
MOST: Final = 10
"""Entries that one call may bring (PutEvents)."""


class EventBridgeBus:
    """The stage's own bus. What it does not take is counted, and left to whoever asks again."""

    def __init__(self, client: "EventBridgeClient", name: str, telemetry: Telemetry) -> None:
        self._client = client
        self._name = name
        self._telemetry = telemetry

    def publish(self, events: tuple[Event, ...]) -> frozenset[str]:
        """See `ports.Bus.publish`."""
        parts = (events[start : start + MOST] for start in range(0, len(events), MOST))
        taken = frozenset(name for part in parts for name in self._put(part))
        if len(taken) < len(events):
            self._telemetry.count("PublishFailed", len(events) - len(taken))
        return taken

    def _put(self, events: tuple[Event, ...]) -> tuple[str, ...]:
        try:
            answer = self._client.put_events(Entries=[self._entry(event) for event in events])
        except (BotoCoreError, ClientError) as error:
            self._telemetry.trouble("not published", reason=type(error).__name__)
            return ()
        pairs = zip(events, answer["Entries"], strict=True)
        return tuple(event.id for event, entry in pairs if "ErrorCode" not in entry)

    def _entry(self, event: Event) -> Any:
        detail = {"schema_version": SCHEMA_VERSION, "id": event.id, "tenant": event.tenant, "data": dict(event.data)}
        return {
            "EventBusName": self._name,
            "Source": SOURCE,
            "DetailType": event.type.detail_type,
            "Detail": json.dumps(detail, separators=(",", ":")),
            "Time": datetime.fromtimestamp(event.at_ms / 1000, UTC),
        }
