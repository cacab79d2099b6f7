"""Kling's key pairs."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reelwright.domain.errors import Conflict, MalformedRequest, Unavailable
from reelwright.domain.provider_errors import AccountBlocked, ProviderError
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ops.ports import Billing, SecretDesk
from reelwright.use_cases.ports import Clock


@dataclass(frozen=True, slots=True)
class RotateKling:
    """`probe` gives Kling's books as seen with the keys that it is given: a free question."""

    desk: SecretDesk
    probe: Callable[[Mapping[str, str]], Billing]
    clock: Clock

    def rotate(self, account: str, access_key: str, secret_key: str, hand: Hand) -> Change:
        """Put a new pair in place once Kling has answered to it.

        Raises Conflict when Kling refuses it, Unavailable when Kling tells nothing now: it is asked once a second.
        """
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
        except AccountBlocked as error:
            raise Conflict(f"Kling does not accept the new keys (code {error.code}): nothing changed.") from error
        except ProviderError as error:
            told = f"Kling does not say now whether it accepts the new keys (code {error.code or 'none'})"
            raise Unavailable(f"{told}: nothing changed, try again.") from error


def _print(pair: Mapping[str, object]) -> str:
    """What tells pairs apart and tells nothing about them."""
    if not all(pair.values()):
        return "none"
    text = "\n".join(str(pair[name]) for name in sorted(pair))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()[:12]
