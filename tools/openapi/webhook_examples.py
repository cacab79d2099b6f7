"""Examples about webhooks; a test holds every one of them against its schema."""

from typing import Any, Final

_ID: Final = "whe_01m6k3w9x2c8d4f5g6h7j8k9m0"
CREATION: Final[dict[str, Any]] = {
    "url": "https://studio.example.com/hooks/videos",
    "events": ["video.succeeded", "video.failed"],
    "description": "The cutting room",
}
CREATIONS: Final = {"some": {"summary": "Two kinds of events", "value": CREATION}}
CHANGES: Final = {
    "move": {"summary": "Another address", "value": {"url": "https://studio.example.com/hooks/v2"}},
    "pause": {"summary": "No messages for now", "value": {"status": "disabled"}},
}
ROTATIONS: Final = {"day": {"summary": "Both secrets sign for a day", "value": {"overlap_hours": 24}}}
WEBHOOK: Final[dict[str, Any]] = CREATION | {
    "id": _ID,
    "status": "enabled",
    "disabled_reason": None,
    "failing_since": None,
    "created_at": "2026-11-21T09:00:00.000Z",
    "secrets": [{"number": 1, "created_at": "2026-11-21T09:00:00.000Z", "expires_at": None}],
}
WITH_SECRET: Final[dict[str, Any]] = WEBHOOK | {"secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDSpP2jd1GmPc="}
MESSAGE: Final[dict[str, Any]] = {
    "type": "video.succeeded",
    "timestamp": "2026-11-21T09:01:45.000Z",
    "schema_version": 1,
    "data": {"id": "job_01m6k3w9x2c8d4f5g6h7j8k9m0", "status": "succeeded", "model": "kling-v3", "units": "6"},
}
TEST: Final[dict[str, Any]] = MESSAGE | {"type": "webhook.test", "data": {"id": _ID}}
DELIVERY: Final[dict[str, Any]] = {
    "id": "dlv_001795251705000_evt_01m6k3w9x2c8d4f5g6h7j8k9m0_succeeded",
    "event_id": "evt_01m6k3w9x2c8d4f5g6h7j8k9m0_succeeded",
    "type": "video.succeeded",
    "status": "pending",
    "created_at": "2026-11-21T09:01:45.000Z",
    "next_attempt_at": "2026-11-21T09:01:50.000Z",
    "attempts": [{"at": "2026-11-21T09:01:45.000Z", "outcome": "rejected", "status": 503, "duration_ms": 83}],
    "message": MESSAGE,
}
