"""Sends callbacks."""

from collections.abc import Callable, Mapping

import requests

from tests.simulators.kling.callbacks import Delivery, sign
from tests.simulators.kling.clock import Clock

Send = Callable[[str, bytes, Mapping[str, str]], int]


class HttpSend:
    """POSTs one callback; no retry, no redirect, no proxy."""

    def __init__(self, timeout_seconds: float) -> None:
        self._timeout = timeout_seconds

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Return the receiver's HTTP status; raises requests' exceptions."""
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(url, data=body, headers=headers, timeout=self._timeout, allow_redirects=False)
            return answer.status_code


class Courier:
    """Signs with the secrets of the moment, sends, and notes how it went; without `send` callbacks stay unsent."""

    def __init__(self, send: Send | None, clock: Clock, secrets: tuple[str, ...]) -> None:
        self._send, self._clock = send, clock
        self.secrets = secrets

    def deliver(self, delivery: Delivery) -> None:
        """Send one callback once."""
        if self._send is None:
            delivery.outcome = "unsent"
            return
        seconds = self._clock.now_ms() // 1000
        signed = sign(self.secrets, delivery.webhook_id, seconds, delivery.body)
        try:
            status = self._send(delivery.url, delivery.body, {"Content-Type": "application/json"} | signed)
            delivery.outcome = str(status)
        except requests.RequestException as error:
            delivery.outcome = type(error).__name__
