"""One try of one delivery: claim it, sign it, post it, note what came of it."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from reelwright.domain import delivery as deliveries
from reelwright.domain.delivery import Chance, Delivery, Outcome, Try
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.errors import Stale, Unreadable
from reelwright.use_cases.ports import Clock, Telemetry
from reelwright.use_cases.tell import signing
from reelwright.use_cases.tell.judge import JudgeEndpoint
from reelwright.use_cases.tell.ports import (
    Answer,
    Deliveries,
    DeliveryHints,
    DeliveryKey,
    Endpoints,
    EndpointSecrets,
    Sender,
    TellIds,
)

EARLY_MS: Final = 10_000
"""A message that comes so little before its time is sent again; one that comes earlier is a double."""

HEADERS: Final = {"content-type": "application/json", "user-agent": "Reelwright/1"}


@dataclass(frozen=True, slots=True)
class Deliver:
    """Delivers; any number of messages about one delivery make one try at a time. `lease_seconds` outlive a try."""

    endpoints: Endpoints
    deliveries: Deliveries
    hints: DeliveryHints
    secrets: EndpointSecrets
    sender: Sender
    clock: Clock
    ids: TellIds
    chance: Chance
    telemetry: Telemetry
    lease_seconds: int
    disable_days: int

    def deliver(self, key: DeliveryKey) -> Outcome | None:
        """What came of the try; None when there was nothing to try.

        Raises Unreadable for a row that cannot be read: told once, and not brought back.
        """
        delivery, now = self._read(key), self.clock.now_ms()
        if delivery is None or delivery.next_ms is None or delivery.leased(now):
            return None
        if delivery.next_ms > now:
            self._early(delivery, key, delivery.next_ms - now)
            return None
        endpoint = self.endpoints.get(delivery.tenant, delivery.endpoint_id)
        try:
            if endpoint is None or not endpoint.enabled:
                self._give_up(delivery)
                return None
            claimed = deliveries.claimed(delivery, self.ids.owner(), now, self.lease_seconds * 1000)
            self.deliveries.save(delivery, claimed)
        except Stale:
            return None
        return self._tried(claimed, endpoint, key)

    def _give_up(self, delivery: Delivery) -> None:
        """Nobody takes it any more."""
        self.deliveries.save(delivery, deliveries.abandoned(delivery))
        self.telemetry.count("WebhookGivenUp")

    def _read(self, key: DeliveryKey) -> Delivery | None:
        try:
            return self.deliveries.get(key)
        except Unreadable:
            if self.deliveries.shelve(key):
                self.telemetry.count("WebhookGivenUp")
                self.telemetry.trouble("delivery not readable", delivery=key.delivery_id, endpoint=key.endpoint_id)
            raise

    def _early(self, delivery: Delivery, key: DeliveryKey, left_ms: int) -> None:
        if left_ms <= EARLY_MS:
            self.hints.send(key, delivery.tenant, -(-left_ms // 1000))

    def _tried(self, delivery: Delivery, endpoint: WebhookEndpoint, key: DeliveryKey) -> Outcome:
        began = self.clock.now_ms()
        answer = self._posted(delivery, endpoint, began)
        now, outcome = self.clock.now_ms(), _outcome(answer)
        one = Try(began, outcome, answer.status, now - began)
        live = JudgeEndpoint(self.endpoints, self.telemetry, self.disable_days).takes_more(endpoint, outcome, now)
        after = deliveries.abandoned(delivery, one)
        if live:
            after = deliveries.tried(delivery, one, now, self.chance, answer.retry_after_seconds)
        self._saved(delivery, after)
        self._told(after, one, now)
        if after.next_ms is not None and after.next_ms - now <= deliveries.HINT_MS:
            self.hints.send(key, delivery.tenant, -(-(after.next_ms - now) // 1000))
        return outcome

    def _posted(self, delivery: Delivery, endpoint: WebhookEndpoint, now_ms: int) -> Answer:
        live = endpoint.live_secrets(now_ms)
        texts = [self.secrets.secret(endpoint.id, one.number, one.master) for one in live]
        signed = signing.headers(delivery.event_id, now_ms, delivery.payload, texts)
        return self.sender.post(endpoint.url, HEADERS | signed, delivery.payload)

    def _saved(self, before: Delivery, after: Delivery) -> None:
        try:
            self.deliveries.save(before, after)
        except Stale:  # the lease had lapsed, and another try was begun: that one goes on
            self.telemetry.trouble("try not noted", delivery=before.id)

    def _told(self, delivery: Delivery, one: Try, now_ms: int) -> None:
        self.telemetry.count("WebhookTried", dimension=("outcome", one.outcome))
        if one.outcome == "delivered":
            latency = now_ms - delivery.created_ms
            self.telemetry.measure("WebhookMilliseconds", latency, "Milliseconds")
        if delivery.status in {"failed", "abandoned"}:
            self.telemetry.count("WebhookGivenUp")
        self.telemetry.note("webhook tried", delivery=delivery.id, outcome=one.outcome, http_status=one.http_status)


def _outcome(answer: Answer) -> Outcome:
    """What an answer means: only 2xx is success, a redirect is never followed, 410 ends the endpoint."""
    if answer.status is None:
        return answer.problem or "unreachable"
    if answer.status == HTTPStatus.GONE:
        return "gone"
    if answer.status // 100 == 2:  # noqa: PLR2004 - the class of success
        return "delivered"
    return "redirected" if answer.status // 100 == 3 else "rejected"  # noqa: PLR2004 - the class of redirects
