"""The capability key of callback addresses, and the secrets by which Kling signs callbacks."""

import base64
import binascii
import secrets
from dataclasses import dataclass
from typing import Final

from reelwright.domain.errors import Conflict, MalformedRequest
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ops.ports import SecretDesk
from reelwright.use_cases.ops.rotation.fields import KNOWN_AFTER_MS, number, texts
from reelwright.use_cases.ports import Clock

SHORTEST_WEBHOOK_SECRET: Final = 24
"""Bytes, by Standard Webhooks."""


@dataclass(frozen=True, slots=True)
class RotateCallbacks:
    """The capability key of callback addresses, in steps; and the secrets by which Kling signs callbacks."""

    desk: SecretDesk
    clock: Clock

    def rotate(self, hand: Hand) -> Change:
        """First call: a next key is accepted. A later one: it seals new addresses, the one before is still accepted.

        Raises Conflict when the second call comes before every function knows the next key.
        """
        fields, now = self.desk.read(), self.clock.now_ms()
        if "capability_key_next" not in fields:
            change = Change("callbacks", "capability key", "in use", "next one accepted; run again in five minutes")
            return hand.apply(change, lambda: self.desk.write(_prepared(fields, now)))
        wait = number(fields.get("capability_next_ms")) + KNOWN_AFTER_MS - now
        if wait > 0:
            raise Conflict(f"Not every function knows the next key yet: run again in {-(-wait // 1000)} s.")
        change = Change("callbacks", "capability key", "next one accepted", "next one in use, the one before accepted")
        return hand.apply(change, lambda: self.desk.write(_switched(fields, now)))

    def retire(self, hand: Hand, *, older_than_ms: int) -> Change:
        """Accept the keys before no more. Raises Conflict while addresses made with them may still be called."""
        fields, now = self.desk.read(), self.clock.now_ms()
        if "capability_key_next" in fields:
            raise Conflict("A rotation is under way: finish it by `secrets rotate callbacks`.")
        old = texts(fields, "capability_keys_accepted")
        if old and number(fields.get("capability_switched_ms")) + older_than_ms > now:
            raise Conflict("Tasks may still run whose addresses were made with the key before: wait, or say --hours 0.")
        change = Change("callbacks", "keys accepted besides", str(len(old)), "0")
        return hand.apply(change, lambda: self.desk.write(fields | {"capability_keys_accepted": []}))

    def add_signing(self, secret: str, hand: Hand) -> Change:
        """Accept another of Kling's webhook secrets. Raises MalformedRequest."""
        _check_signing(secret)
        fields = self.desk.read()
        have = texts(fields, "kling_webhook_secrets")
        after = [*have, secret] if secret not in have else have
        return self._signing(fields, have, after, hand)

    def keep_newest_signing(self, hand: Hand) -> Change:
        """Accept only the webhook secret that was added last."""
        fields = self.desk.read()
        have = texts(fields, "kling_webhook_secrets")
        return self._signing(fields, have, have[-1:], hand)

    def _signing(self, fields: dict[str, object], have: list[str], after: list[str], hand: Hand) -> Change:
        change = Change("callbacks", "webhook secrets accepted", str(len(have)), str(len(after)))
        return hand.apply(change, lambda: self.desk.write(fields | {"kling_webhook_secrets": after}))


def _prepared(fields: dict[str, object], now: int) -> dict[str, object]:
    fresh = secrets.token_urlsafe(48)
    accepted = [*texts(fields, "capability_keys_accepted"), fresh]
    return fields | {
        "capability_key_next": fresh,
        "capability_next_ms": now,
        "capability_keys_accepted": accepted,
    }


def _switched(fields: dict[str, object], now: int) -> dict[str, object]:
    fresh, before = str(fields["capability_key_next"]), str(fields["capability_key"])
    accepted = [key for key in texts(fields, "capability_keys_accepted") if key != fresh]
    left = {name: value for name, value in fields.items() if name not in {"capability_key_next", "capability_next_ms"}}
    return left | {
        "capability_key": fresh,
        "capability_keys_accepted": [*accepted, before],
        "capability_switched_ms": now,
    }


def _check_signing(secret: str) -> None:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith("whsec_") or len(key) < SHORTEST_WEBHOOK_SECRET:
        raise MalformedRequest("A webhook secret is `whsec_` and the base64 of 24 bytes or more.")
