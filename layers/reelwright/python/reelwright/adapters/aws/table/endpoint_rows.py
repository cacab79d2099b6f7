"""A webhook endpoint as a row, and back. The secrets' texts stand in no row."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import Item, decode, encode
from reelwright.domain.endpoint import SecretVersion, WebhookEndpoint
from reelwright.domain.event import EventType


def to_item(endpoint: WebhookEndpoint) -> Item:
    """The row of an endpoint; a secret of the first master says so by saying nothing, as before there was a second."""
    secrets = [_present(asdict(one)) for one in endpoint.secrets]
    values = asdict(endpoint) | {"events": list(endpoint.events), "secrets": secrets}
    return keys.endpoint(endpoint.tenant, endpoint.id) | encode(values)


def from_item(item: Mapping[str, Any]) -> WebhookEndpoint:
    """The endpoint that a row holds."""
    row = {name: whole(value) for name, value in decode(item).items() if name not in {"pk", "sk"}}
    secrets = tuple(SecretVersion(**{name: whole(value) for name, value in one.items()}) for one in row["secrets"])
    return WebhookEndpoint(**row | {"events": tuple(map(EventType, row["events"])), "secrets": secrets})


def whole(value: Any) -> Any:
    """Every number of these rows is a whole one."""
    return int(value) if isinstance(value, Decimal) else value


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None and (name, value) != ("master", 1)}
