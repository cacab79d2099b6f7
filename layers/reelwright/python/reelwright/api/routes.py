"""Every call of the API as data: who serves it and which scope its key needs."""

import re
from dataclasses import dataclass
from typing import Final

READ: Final = "videos:read"
WRITE: Final = "videos:write"
WEBHOOKS_READ: Final = "webhooks:read"
WEBHOOKS_WRITE: Final = "webhooks:write"


@dataclass(frozen=True, slots=True)
class Route:
    """One call. `path` has its parameters in braces; a route without a scope is open to everybody."""

    method: str
    path: str
    function: str
    scope: str | None = None

    def matches(self, path: str) -> bool:
        """True when an actual path fits this one."""
        return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", self.path.replace(".", r"\.")), path) is not None


ROUTES: Final = (
    Route("POST", "/v1/videos", "submit", WRITE),
    Route("POST", "/v1/estimates", "submit", WRITE),
    Route("POST", "/v1/videos/{video_id}/cancel", "submit", WRITE),
    Route("GET", "/v1/videos", "query", READ),
    Route("GET", "/v1/videos/{video_id}", "query", READ),
    Route("POST", "/v1/webhooks", "endpoints", WEBHOOKS_WRITE),
    Route("GET", "/v1/webhooks", "endpoints", WEBHOOKS_READ),
    Route("GET", "/v1/webhooks/{endpoint_id}", "endpoints", WEBHOOKS_READ),
    Route("PATCH", "/v1/webhooks/{endpoint_id}", "endpoints", WEBHOOKS_WRITE),
    Route("DELETE", "/v1/webhooks/{endpoint_id}", "endpoints", WEBHOOKS_WRITE),
    Route("POST", "/v1/webhooks/{endpoint_id}/secret", "endpoints", WEBHOOKS_WRITE),
    Route("POST", "/v1/webhooks/{endpoint_id}/test", "endpoints", WEBHOOKS_WRITE),
    Route("GET", "/v1/webhooks/{endpoint_id}/deliveries", "endpoints", WEBHOOKS_READ),
    Route("POST", "/v1/webhooks/{endpoint_id}/deliveries/{delivery_id}/replay", "endpoints", WEBHOOKS_WRITE),
    Route("GET", "/v1/models", "query", READ),
    Route("GET", "/v1/usage", "query", READ),
    Route("GET", "/health", "query"),
    Route("GET", "/v1/openapi.json", "query"),
    Route("POST", "/webhooks/kling/{capability}", "webhook"),
)


def routed(route_key: str) -> Route | None:
    """The route that the gateway means by this key ("GET /v1/videos/{id}"), whatever it calls the parameters."""
    method, _, path = route_key.partition(" ")
    return next((one for one in ROUTES if one.method == method and one.matches(path)), None)


def methods(path: str) -> tuple[str, ...]:
    """The methods that a path answers to; none where there is nothing."""
    return tuple(dict.fromkeys(route.method for route in ROUTES if route.matches(path)))
