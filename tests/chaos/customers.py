"""Customers who order, and who repeat under the same Idempotency-Key whatever did not answer."""

import http.client
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from local.api import Answer, Api

TRIES = 60
REST_SECONDS = 0.5
AGAIN = frozenset({409, 429, 500, 502, 503, 504})


class NotServed(RuntimeError):
    """The API refused what it had to accept, or never answered."""


@dataclass(slots=True)
class Customer:
    """One tenant's client; `repeated` counts the calls that had to be made again."""

    name: str
    api: Api
    repeated: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def place(self, order: Mapping[str, object], key: str) -> str:
        """Order until it is accepted; the job's id. Raises NotServed."""
        answer = self.ask("POST", "/v1/videos", order, {"Idempotency-Key": key})
        if answer.status != HTTPStatus.ACCEPTED:
            raise NotServed(f"POST /v1/videos gave {answer.status}: {answer.body[:300]!r}")
        return str(answer.json["id"])

    def jobs(self) -> Iterator[dict[str, Any]]:
        """All of the tenant's jobs, page by page. Raises NotServed."""
        path = "/v1/videos?limit=100"
        while path:
            page = self.get(path)
            yield from page["videos"]
            path = f"/v1/videos?limit=100&cursor={page['next']}" if page["next"] else ""

    def get(self, path: str) -> dict[str, Any]:
        """A resource. Raises NotServed."""
        answer = self.ask("GET", path)
        if answer.status != HTTPStatus.OK:
            raise NotServed(f"GET gave {answer.status}: {answer.body[:300]!r}")
        found: dict[str, Any] = answer.json
        return found

    def ask(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Answer:
        """The first answer that is not a fault of the service. Raises NotServed."""
        rest = threading.Event()
        for _ in range(TRIES):
            answer = self._once(method, path, body, headers)
            if answer is not None and answer.status not in AGAIN:
                return answer
            with self._lock:
                self.repeated += 1
            rest.wait(REST_SECONDS)
        raise NotServed(f"{method} came to nothing {TRIES} times")

    def _once(self, method: str, path: str, body: object, headers: Mapping[str, str] | None) -> Answer | None:
        try:
            return self.api.call(method, path, body, headers)
        except (OSError, http.client.HTTPException):
            return None
