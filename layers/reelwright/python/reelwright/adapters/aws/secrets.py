"""A JSON secret of Secrets Manager, kept for a few minutes."""

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from reelwright.domain.errors import ReelwrightError

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

MAX_TTL_SECONDS: Final = 300.0
"""The longest time that a rotated credential may stay in use here."""


class UnreadableSecret(ReelwrightError, LookupError):
    """The secret is no JSON object of the expected shape; the message names a field, never a value."""


class Secret:
    """A secret's fields, read when first asked for. `clock` gives monotonic seconds."""

    def __init__(
        self,
        client: "SecretsManagerClient",
        arn: str,
        *,
        ttl_seconds: float = MAX_TTL_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._arn = arn
        self._ttl = min(ttl_seconds, MAX_TTL_SECONDS)
        self._clock = clock
        self._fields: dict[str, object] = {}
        self._read_at: float | None = None

    def text(self, name: str) -> str:
        """A field that must be a non-empty string. Raises UnreadableSecret."""
        value = self._current().get(name)
        if not isinstance(value, str) or not value:
            raise UnreadableSecret(f"the secret has no text field {name!r}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A field that is a list of strings, empty when it is missing. Raises UnreadableSecret."""
        values = self._current().get(name) or []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise UnreadableSecret(f"the secret's field {name!r} is no list of texts")
        return tuple(values)

    def holds(self, name: str) -> bool:
        """Whether there is such a field, and something in it."""
        return bool(self._current().get(name))

    def refresh(self) -> bool:
        """Read it again now; True when something changed."""
        before = self._fields
        self._read()
        return self._fields != before

    def _current(self) -> dict[str, object]:
        if self._read_at is None or self._clock() - self._read_at >= self._ttl:
            self._read()
        return self._fields

    def _read(self) -> None:
        text = self._client.get_secret_value(SecretId=self._arn).get("SecretString", "")
        try:
            fields = json.loads(text)
        except ValueError:
            raise UnreadableSecret("the secret is not JSON") from None
        if not isinstance(fields, dict):
            raise UnreadableSecret("the secret is not a JSON object")
        self._fields, self._read_at = fields, self._clock()
