"""Bearer tokens for Kling: HS256 by PyJWT, cached, signed anew well before they expire."""

import warnings
from email.utils import parsedate_to_datetime
from typing import Final, Protocol

import jwt

from reelwright.use_cases.ports import Clock

LIFETIME_SECONDS: Final = 1800
BACKDATE_SECONDS: Final = 5
RENEW_BEFORE_SECONDS: Final = 300
"""Kling API contract, auth: `exp` is now + 1800 s, `nbf` is now - 5 s."""


LOOK_AGAIN_SECONDS: Final = 10
"""A warm function asks Secrets Manager for missing keys no more often than this."""


class NoKeys(Exception):
    """An account has no keys, or no whole pair: there is nothing to sign with, so nothing is sent."""


class Credentials(Protocol):
    """Where the access key and the secret key come from. Both methods raise LookupError where there are none."""

    def text(self, name: str) -> str:
        """The field `access_key` or `secret_key`."""
        ...

    def refresh(self) -> bool:
        """Read them again; True when they changed."""
        ...


class Tokens:
    """Makes tokens; remembers how far Kling's clock is from ours."""

    def __init__(self, credentials: Credentials, clock: Clock) -> None:
        self._credentials = credentials
        self._clock = clock
        self._skew_seconds = 0
        self._token = ""
        self._keys = ("", "")
        self._expires_seconds = 0
        self._look_again_ms = 0

    def bearer(self) -> str:
        """A token that holds for at least five more minutes by Kling's clock. Raises NoKeys."""
        keys = self._pair()
        now = self._now()
        if keys != self._keys or now > self._expires_seconds - RENEW_BEFORE_SECONDS:
            self._keys, self._expires_seconds = keys, now + LIFETIME_SECONDS
            self._token = _sign(keys, now)
        return self._token

    def resign(self, server_date: str | None) -> None:
        """Throw the token away and, where Kling said what time it has, take that time from now on."""
        self._expires_seconds = 0
        server_seconds = _seconds(server_date)
        if server_seconds is not None:
            self._skew_seconds = server_seconds - self._clock.now_ms() // 1000

    def reload(self) -> bool:
        """Read the credentials again; True when they changed, False also when they cannot be read any more."""
        try:
            return self._credentials.refresh()
        except LookupError:
            return False

    def _pair(self) -> tuple[str, str]:
        """The keys; missing ones are looked for once a while, for an operator may have stored them since."""
        try:
            return self._read()
        except NoKeys:
            if self._clock.now_ms() < self._look_again_ms:
                raise
        self._look_again_ms = self._clock.now_ms() + LOOK_AGAIN_SECONDS * 1000
        self.reload()
        return self._read()

    def _read(self) -> tuple[str, str]:
        try:
            keys = (self._credentials.text("access_key"), self._credentials.text("secret_key"))
        except LookupError as error:
            raise NoKeys(type(error).__name__) from None
        if not all(keys):
            raise NoKeys("empty")
        return keys

    def _now(self) -> int:
        return self._clock.now_ms() // 1000 + self._skew_seconds


def _sign(keys: tuple[str, str], now: int) -> str:
    access_key, secret_key = keys
    claims = {"iss": access_key, "exp": now + LIFETIME_SECONDS, "nbf": now - BACKDATE_SECONDS}
    with warnings.catch_warnings():
        # Kling hands out the keys: their length is not ours to choose.
        warnings.simplefilter("ignore", jwt.InsecureKeyLengthWarning)
        return jwt.encode(claims, secret_key, algorithm="HS256")


def _seconds(http_date: str | None) -> int | None:
    try:
        return int(parsedate_to_datetime(http_date or "").timestamp())
    except (ValueError, OverflowError):
        return None
