"""Requests: those that leave, and the rate of those that make them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: the HTTP status, or None and why there is none.

    `retry_after_seconds` (0 to 86,400) is how long the receiver wants to be left alone.
    """

    status: int | None
    problem: Literal["", "refused_address", "unreachable", "timeout"] = ""
    retry_after_seconds: int = 0


class Sender(Protocol):
    """Posts to addresses that strangers chose."""

    def post(self, url: str, headers: Mapping[str, str], body: str) -> Answer:
        """One request through the guard for addresses: no redirect is followed and no body is read."""
        ...


class Requests(Protocol):
    """The rate of requests that a tenant may send."""

    def count(self, tenant: str, now_ms: int) -> None:
        """Count one in the running minute. Raises TooManyRequests, NotFound."""
        ...
