"""Requests to addresses that tenants chose, through the one guard: implements `ports.Sender` and `AddressCheck`."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from socket import socket
from typing import Final

from reelwright.adapters.media.guard import Guard, Policy, RefusedAddress, Target
from reelwright.adapters.media.pinned import Budget, Dial, PinnedConnection, dial
from reelwright.adapters.webhooks.retry_after import seconds
from reelwright.use_cases.tell.ports import Answer

CONNECT_SECONDS: Final = 5.0


def guard(allow_http_hosts: tuple[str, ...]) -> Guard:
    """The guard of webhooks: public https, and what the deployment itself trusts."""
    return Guard(Policy(frozenset(host.lower() for host in allow_http_hosts)))


@dataclass(frozen=True, slots=True)
class GuardedAddresses:
    """Asks the guard before an address is stored; each try asks it again, for names may change where they lead."""

    guard: Guard

    def refusal(self, url: str) -> str | None:
        """See `ports.AddressCheck.refusal`."""
        try:
            self.guard.resolve(url)
        except RefusedAddress as error:
            return str(error)
        except (OSError, UnicodeError):
            return "the name cannot be resolved"
        return None


@dataclass(frozen=True, slots=True)
class GuardedSender:
    """One request: checked once, sent to exactly what was checked. Redirects are answers; bodies are not read."""

    guard: Guard
    total_seconds: float
    dial: Dial = dial
    now: Callable[[], float] = time.time

    def post(self, url: str, headers: Mapping[str, str], body: str) -> Answer:
        """See `ports.Sender.post`."""
        budget = Budget(self.total_seconds, self.total_seconds)
        try:
            target, addresses = self.guard.resolve(url)
            return self._asked(target, addresses, budget, headers, body.encode())
        except RefusedAddress:
            return Answer(None, "refused_address")
        except TimeoutError:
            return Answer(None, "timeout")
        except (HTTPException, OSError, ValueError):
            return Answer(None, "unreachable")

    def _asked(
        self, target: Target, addresses: Sequence[str], budget: Budget, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        connection = PinnedConnection(target, self._connected(target, addresses, budget), budget)
        try:
            connection.request("POST", target.path, body, {**headers, "connection": "close"})
            return self._answer(connection.getresponse())
        finally:
            connection.close()

    def _answer(self, response: HTTPResponse) -> Answer:
        wait = seconds(response.getheader("retry-after") or "", self.now())
        return Answer(response.status, retry_after_seconds=wait)

    def _connected(self, target: Target, addresses: Sequence[str], budget: Budget) -> socket:
        last: OSError = OSError("no address")
        for address in addresses:
            try:
                return self.dial(target, address, min(CONNECT_SECONDS, budget.next_wait()))
            except OSError as error:
                last = error
        raise last
