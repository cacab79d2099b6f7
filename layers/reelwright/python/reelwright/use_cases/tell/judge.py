"""How an endpoint does, by what came of a try: whether it stays enabled."""

from dataclasses import dataclass

from reelwright.domain import endpoint as endpoints
from reelwright.domain.delivery import Outcome
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.errors import Stale
from reelwright.use_cases.ports import Telemetry
from reelwright.use_cases.tell.ports import Endpoints


@dataclass(frozen=True, slots=True)
class JudgeEndpoint:
    """Success forgets failures; after `disable_days` of nothing else, or at once when it is gone, it is disabled."""

    endpoints: Endpoints
    telemetry: Telemetry
    disable_days: int

    def takes_more(self, endpoint: WebhookEndpoint, outcome: Outcome, now_ms: int) -> bool:
        """Remember how the endpoint does; False when it takes nothing from now on.

        What was seen at an address that its tenant has replaced meanwhile says nothing about the present one.
        """
        seen: WebhookEndpoint | None = endpoint
        while seen is not None and seen.enabled:
            if seen.url != endpoint.url:
                return True
            after = self._judged(seen, outcome, now_ms)
            notice = None if after.enabled else endpoints.notice(after, now_ms)
            try:
                if after is not seen:
                    self.endpoints.save(seen, after, notice)
            except Stale:
                seen = self.endpoints.get(endpoint.tenant, endpoint.id)
                continue
            if notice is not None:
                self.telemetry.count("EndpointDisabled", dimension=("reason", after.disabled_reason))
            return after.enabled or outcome == "delivered"
        return outcome == "delivered"

    def _judged(self, endpoint: WebhookEndpoint, outcome: Outcome, now_ms: int) -> WebhookEndpoint:
        if outcome == "delivered":
            return endpoints.succeeded(endpoint)
        if outcome == "gone":
            return endpoints.disabled(endpoint, "gone")
        return endpoints.failed(endpoint, now_ms, self.disable_days)
