"""Small honest stand-ins for what webhooks need."""

from dataclasses import dataclass, field, replace

from reelwright.domain.delivery import Delivery
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.errors import Stale, TooManyRequests
from reelwright.domain.event import Event
from reelwright.use_cases.tell.ports import DeliveryKey, DeliveryPage, Due


@dataclass
class MemoryEndpoints:
    """Endpoints in memory, with the conditions of the table."""

    rows: dict[tuple[str, str], WebhookEndpoint] = field(default_factory=dict)

    def get(self, tenant: str, endpoint_id: str) -> WebhookEndpoint | None:
        return self.rows.get((tenant, endpoint_id))

    def of_tenant(self, tenant: str) -> tuple[WebhookEndpoint, ...]:
        mine = [one for (owner, _), one in self.rows.items() if owner == tenant]
        return tuple(sorted(mine, key=lambda one: one.id))

    def put_new(self, endpoint: WebhookEndpoint) -> None:
        if (endpoint.tenant, endpoint.id) in self.rows:
            raise Stale(endpoint.id)
        self.rows[endpoint.tenant, endpoint.id] = endpoint

    def save(self, before: WebhookEndpoint, after: WebhookEndpoint, notice: Event | None = None) -> None:
        assert notice is None, "the API tells nobody of what the tenant did itself"
        if self.rows[before.tenant, before.id].version != before.version:
            raise Stale(before.id)
        self.rows[after.tenant, after.id] = after

    def delete(self, endpoint: WebhookEndpoint) -> None:
        self.rows.pop((endpoint.tenant, endpoint.id), None)


@dataclass
class MemoryDeliveries:
    """A log of deliveries in memory."""

    rows: dict[DeliveryKey, Delivery] = field(default_factory=dict)

    def put_new(self, delivery: Delivery) -> bool:
        key = DeliveryKey(delivery.endpoint_id, delivery.id)
        return self.rows.setdefault(key, delivery) is delivery

    def get(self, key: DeliveryKey) -> Delivery | None:
        return self.rows.get(key)

    def page(self, endpoint_id: str, limit: int, before: str | None) -> DeliveryPage:
        mine = sorted((key.delivery_id for key in self.rows if key.endpoint_id == endpoint_id), reverse=True)
        after = [one for one in mine if before is None or one < before]
        found = tuple(self.rows[DeliveryKey(endpoint_id, one)] for one in after[:limit])
        return DeliveryPage(found, after[limit - 1] if len(after) > limit else None)

    def save(self, before: Delivery, after: Delivery) -> None:
        self.rows[DeliveryKey(before.endpoint_id, before.id)] = after

    def due(self, shard: int, now_ms: int, limit: int) -> tuple[Due, ...]:
        late = [
            Due(key, one.due_ms) for key, one in self.rows.items() if one.due_ms is not None and one.due_ms <= now_ms
        ]
        return tuple(late[:limit]) if shard == 0 else ()

    def defer(self, seen: Due, due_ms: int) -> str | None:
        row = self.rows[seen.key]
        if row.due_ms != seen.due_ms:
            return None
        self.rows[seen.key] = replace(row, due_ms=due_ms)
        return row.tenant

    def shelve(self, key: DeliveryKey) -> bool:
        due = self.rows[key].due_ms is not None
        self.rows[key] = replace(self.rows[key], due_ms=None)
        return due


@dataclass
class CountedRequests:
    """Lets so many requests through in a minute."""

    most: int = 60
    made: dict[tuple[str, int], int] = field(default_factory=dict)

    def count(self, tenant: str, now_ms: int) -> None:
        minute = (tenant, now_ms // 60_000)
        if self.made.get(minute, 0) >= self.most:
            raise TooManyRequests("That is enough for a minute.", retry_after_seconds=60 - now_ms // 1000 % 60)
        self.made[minute] = self.made.get(minute, 0) + 1


@dataclass
class SeenDeliveryHints:
    """Remembers which deliveries were asked for."""

    keys: list[DeliveryKey] = field(default_factory=list)

    def send(self, key: DeliveryKey, tenant: str, delay_seconds: int = 0) -> None:  # noqa: ARG002
        self.keys.append(key)


class PlainSecrets:
    """Secrets that tell whose they are, in the form of real ones."""

    def newest(self) -> int:
        return 1

    def secret(self, endpoint_id: str, number: int, master: int = 1) -> str:  # noqa: ARG002
        return f"whsec_{endpoint_id.removeprefix('whe_')}{number:017d}="


class NoPrivateHosts:
    """Refuses addresses with "internal" in them."""

    def refusal(self, url: str) -> str | None:
        return "the name is not public" if "internal" in url else None


class CountedTellIds:
    """Ids that count up."""

    def __init__(self) -> None:
        self.made = 0

    def endpoint(self) -> str:
        return f"whe_{self._next()}"

    def event(self) -> str:
        return f"evt_{self._next()}"

    def owner(self) -> str:
        return "owner"

    def _next(self) -> str:
        self.made += 1
        return f"{self.made:026d}"
