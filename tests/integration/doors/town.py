"""Who comes to the door: tenants with things of their own, keys of every kind, and a request for each route."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.api.routes import ROUTES
from reelwright.domain.tenant import ApiKey, Tenant
from tests.integration.doors.door import Answer, Door, route

TABLE = "reelwright"
SCOPES = tuple(sorted({one.scope for one in ROUTES if one.scope}))
ORDER = {"type": "text_to_video", "model": "kling-v2-6", "prompt": "a quiet street", "duration": 5, "mode": "std"}
HOOK = {"url": "https://93.184.215.14/hooks"}
NOTHING = {"video_id": f"job_{'0' * 26}", "endpoint_id": f"whe_{'0' * 26}"}
NOTHING["delivery_id"] = f"dlv_{'0' * 15}_evt_{'0' * 26}"

BODIES: dict[tuple[str, str], object] = {
    ("POST", "/v1/videos"): ORDER,
    ("POST", "/v1/estimates"): ORDER,
    ("POST", "/v1/videos/{video_id}/cancel"): None,
    ("GET", "/v1/videos"): None,
    ("GET", "/v1/videos/{video_id}"): None,
    ("GET", "/v1/models"): None,
    ("GET", "/v1/usage"): None,
    ("POST", "/v1/webhooks"): HOOK,
    ("GET", "/v1/webhooks"): None,
    ("GET", "/v1/webhooks/{endpoint_id}"): None,
    ("PATCH", "/v1/webhooks/{endpoint_id}"): {"description": "another"},
    ("DELETE", "/v1/webhooks/{endpoint_id}"): None,
    ("POST", "/v1/webhooks/{endpoint_id}/secret"): {},
    ("POST", "/v1/webhooks/{endpoint_id}/test"): None,
    ("GET", "/v1/webhooks/{endpoint_id}/deliveries"): None,
    ("POST", "/v1/webhooks/{endpoint_id}/deliveries/{delivery_id}/replay"): None,
}
"""A request that is in order, for every route that needs a key."""


@dataclass(frozen=True)
class Town:
    """`owner` has a video, an endpoint and a delivery; everybody else has nothing."""

    door: Door
    owned: dict[str, str]

    def ask(self, method: str, path: str, headers: dict[str, str], names: dict[str, str] | None = None) -> Answer:
        """The route's request about the things of these names, the owner's when none are given."""
        return self.door.send(
            route(method, path), path.format(**(names or self.owned)), headers, BODIES[(method, path)]
        )


def key(tenant: str, scopes: tuple[str, ...] = SCOPES, **more: Any) -> dict[str, str]:
    """The header with a key of the tenant's that is stored now."""
    text = f"rw_{hashlib.sha256(f'{tenant}{scopes}{more}'.encode()).hexdigest()[:40]}"
    stored = ApiKey(tenant, f"key_{text[3:12]}", scopes, **more)
    _tenants().put_api_key(hashlib.sha256(text.encode()).hexdigest(), stored)
    return {"Authorization": f"Bearer {text}"}


def settle(door: Door) -> Town:
    """Let everybody move in."""
    for name, suspended in (("owner", False), ("stranger", False), ("banned", True)):
        _tenants().put(Tenant(name, Decimal(100), 5, 600, suspended=suspended))
    town, mine = Town(door, {}), key("owner")
    town.owned["video_id"] = town.ask("POST", "/v1/videos", mine).body["id"]
    town.owned["endpoint_id"] = town.ask("POST", "/v1/webhooks", mine).body["id"]
    tried = town.ask("POST", "/v1/webhooks/{endpoint_id}/test", mine)
    town.owned["delivery_id"] = tried.body["id"]
    return town


def _tenants() -> TableTenants:
    return TableTenants(client("dynamodb"), TABLE)
