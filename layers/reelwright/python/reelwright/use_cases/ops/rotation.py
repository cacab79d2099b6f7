"""Renew secrets while everything runs: at every instant old and new both hold.

Functions keep a secret for up to five minutes, so whatever is to be accepted must be known that long before it is used.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from reelwright.domain.errors import Conflict, MalformedRequest
from reelwright.domain.provider_errors import ProviderError
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ops.ports import Billing, SecretDesk
from reelwright.use_cases.ports import Clock

KNOWN_AFTER_MS: Final = 300_000
"""After this time every function has read a secret again."""

EDGES_KNOW_AFTER_MS: Final = 900_000
"""After this time every edge of CloudFront has heard of a change to its key group; mostly it takes a minute or two."""

SHORTEST_WEBHOOK_SECRET: Final = 24
"""Bytes, by Standard Webhooks."""


@dataclass(frozen=True, slots=True)
class RotateKling:
    """`probe` gives Kling's books as seen with the keys that it is given: a free question."""

    desk: SecretDesk
    probe: Callable[[Mapping[str, str]], Billing]
    clock: Clock

    def rotate(self, account: str, access_key: str, secret_key: str, hand: Hand) -> Change:
        """Put a new pair in place once Kling has answered to it. Raises Conflict when Kling does not."""
        prefix = "" if account == "main" else f"{account}."
        pair = {"access_key": access_key, "secret_key": secret_key}
        if not all(pair.values()):
            raise MalformedRequest("Give both the access key and the secret key.")
        fields = self.desk.read()
        before = {name: fields.get(prefix + name, "") for name in pair}
        change = Change(f"kling {account}", "key pair", _print(before), _print(pair))
        if change.needed:
            self._check(pair)
        return hand.apply(change, lambda: self.desk.write(fields | {prefix + name: pair[name] for name in pair}))

    def _check(self, pair: Mapping[str, str]) -> None:
        now = self.clock.now_ms()
        try:
            self.probe(pair).packs(now - 3_600_000, now)
        except ProviderError as error:
            raise Conflict(
                f"Kling does not accept the new keys (code {error.code or 'none'}): nothing changed."
            ) from error


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
        wait = _number(fields.get("capability_next_ms")) + KNOWN_AFTER_MS - now
        if wait > 0:
            raise Conflict(f"Not every function knows the next key yet: run again in {-(-wait // 1000)} s.")
        change = Change("callbacks", "capability key", "next one accepted", "next one in use, the one before accepted")
        return hand.apply(change, lambda: self.desk.write(_switched(fields, now)))

    def retire(self, hand: Hand, *, older_than_ms: int) -> Change:
        """Accept the keys before no more. Raises Conflict while addresses made with them may still be called."""
        fields, now = self.desk.read(), self.clock.now_ms()
        if "capability_key_next" in fields:
            raise Conflict("A rotation is under way: finish it by `secrets rotate callbacks`.")
        old = _texts(fields, "capability_keys_accepted")
        if old and _number(fields.get("capability_switched_ms")) + older_than_ms > now:
            raise Conflict("Tasks may still run whose addresses were made with the key before: wait, or say --hours 0.")
        change = Change("callbacks", "keys accepted besides", str(len(old)), "0")
        return hand.apply(change, lambda: self.desk.write(fields | {"capability_keys_accepted": []}))

    def add_signing(self, secret: str, hand: Hand) -> Change:
        """Accept another of Kling's webhook secrets. Raises MalformedRequest."""
        _check_signing(secret)
        fields = self.desk.read()
        have = _texts(fields, "kling_webhook_secrets")
        after = [*have, secret] if secret not in have else have
        return self._signing(fields, have, after, hand)

    def keep_newest_signing(self, hand: Hand) -> Change:
        """Accept only the webhook secret that was added last."""
        fields = self.desk.read()
        have = _texts(fields, "kling_webhook_secrets")
        return self._signing(fields, have, have[-1:], hand)

    def _signing(self, fields: dict[str, object], have: list[str], after: list[str], hand: Hand) -> Change:
        change = Change("callbacks", "webhook secrets accepted", str(len(have)), str(len(after)))
        return hand.apply(change, lambda: self.desk.write(fields | {"kling_webhook_secrets": after}))


@dataclass(frozen=True, slots=True)
class RotateMediaKeys:
    """Which key signs media links. CloudFront trusts every generation that is deployed; `desks` hold them oldest first.

    A deployment makes and trusts a key, for only CloudFormation may change what it owns; the switch, which links depend
    on, is made here once every edge of CloudFront knows the key.
    """

    desks: tuple[SecretDesk, ...]
    clock: Clock
    link_seconds: int

    def rotate(self, hand: Hand) -> Change:
        """Let the newest key sign. Raises Conflict when none is new, or CloudFront may not know it yet."""
        if len(self.desks) == 1:
            raise Conflict("One key is deployed: deploy with a generation more first (-c signing_keys=1,2).")
        desk, now = self.desks[-1], self.clock.now_ms()
        fields = desk.read()
        signs = bool(fields.get("signs_since_ms"))
        wait = _number(fields.get("made_ms")) + EDGES_KNOW_AFTER_MS - now
        if not signs and wait > 0:
            raise Conflict(f"Not every edge of CloudFront may know the key yet: run again in {-(-wait // 1000)} s.")
        change = Change("media", "newest key", "signs" if signs else "trusted", "signs")
        return hand.apply(change, lambda: desk.write(fields | {"signs_since_ms": now}))

    def retire(self, hand: Hand) -> tuple[Change, ...]:
        """Forget the private halves of the older keys. Raises Conflict while links that they signed may be open."""
        *older, newest = self.desks
        since = _number(newest.read().get("signs_since_ms"))
        if older and not since:
            raise Conflict("The newest key does not sign yet: run `secrets rotate media` first.")
        wait = since + KNOWN_AFTER_MS + self.link_seconds * 1000 - self.clock.now_ms()
        if older and wait > 0:
            raise Conflict(f"Links signed by the key before are open for {-(-wait // 60_000)} more minutes.")
        return tuple(self._forget(desk, number, hand) for number, desk in enumerate(older, start=1))

    @staticmethod
    def _forget(desk: SecretDesk, number: int, hand: Hand) -> Change:
        fields = desk.read()
        there = bool(fields.get("private_key_pem"))
        change = Change("media", f"private key {number}, the oldest being 1", "kept" if there else "gone", "gone")
        return hand.apply(change, lambda: desk.write({"retired": True}))


def _prepared(fields: dict[str, object], now: int) -> dict[str, object]:
    fresh = secrets.token_urlsafe(48)
    accepted = [*_texts(fields, "capability_keys_accepted"), fresh]
    return fields | {
        "capability_key_next": fresh,
        "capability_next_ms": now,
        "capability_keys_accepted": accepted,
    }


def _switched(fields: dict[str, object], now: int) -> dict[str, object]:
    fresh, before = str(fields["capability_key_next"]), str(fields["capability_key"])
    accepted = [key for key in _texts(fields, "capability_keys_accepted") if key != fresh]
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


def _texts(fields: Mapping[str, object], name: str) -> list[str]:
    values = fields.get(name)
    return [str(value) for value in values] if isinstance(values, list) else []


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _print(pair: Mapping[str, object]) -> str:
    """What tells pairs apart and tells nothing about them."""
    if not all(pair.values()):
        return "none"
    text = "\n".join(str(pair[name]) for name in sorted(pair))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()[:12]
