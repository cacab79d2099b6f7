"""Links to results: signed, and refused once they have expired (Kling API contract, retention)."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from tests.simulators.kling.settings import THIRTY_DAYS_SECONDS
from tests.simulators.kling.task import Task

PREFIX = "/results/"


@dataclass(frozen=True)
class Links:
    """Signs and checks result links under `base_url`, valid for `ttl_seconds` but not past the retention."""

    base_url: str
    key: bytes
    ttl_seconds: int

    def sign(self, task: Task, now_ms: int, suffix: str = "") -> str:
        """Return a fresh link to a task's video."""
        path = f"{PREFIX}{task.task_id}/{task.video_id}{suffix}.mp4"
        gone = task.updated_at // 1000 + THIRTY_DAYS_SECONDS
        expires = str(min(now_ms // 1000 + self.ttl_seconds, gone))
        return f"{self.base_url}{path}?Expires={expires}&Signature={self._signature(path, expires)}"

    def valid(self, path: str, query: Mapping[str, str], now_ms: int) -> bool:
        """Say whether a link was signed here and has not expired."""
        expires = query.get("Expires", "")
        genuine = hmac.compare_digest(self._signature(path, expires).encode(), query.get("Signature", "").encode())
        return genuine and int(expires) * 1000 > now_ms

    def _signature(self, path: str, expires: str) -> str:
        return hmac.new(self.key, f"{path}?{expires}".encode(), hashlib.sha256).hexdigest()
