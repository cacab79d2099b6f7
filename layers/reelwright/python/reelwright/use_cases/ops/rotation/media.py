"""The keys that sign media links."""

from dataclasses import dataclass
from typing import Final

from reelwright.domain.errors import Conflict
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ops.ports import SecretDesk
from reelwright.use_cases.ops.rotation.fields import KNOWN_AFTER_MS, number
from reelwright.use_cases.ports import Clock

EDGES_KNOW_AFTER_MS: Final = 900_000
"""After this time every edge of CloudFront has heard of a change to its key group; mostly it takes a minute or two."""


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
        wait = number(fields.get("made_ms")) + EDGES_KNOW_AFTER_MS - now
        if not signs and wait > 0:
            raise Conflict(f"Not every edge of CloudFront may know the key yet: run again in {-(-wait // 1000)} s.")
        change = Change("media", "newest key", "signs" if signs else "trusted", "signs")
        return hand.apply(change, lambda: desk.write(fields | {"signs_since_ms": now}))

    def retire(self, hand: Hand) -> tuple[Change, ...]:
        """Forget the private halves of the older keys. Raises Conflict while links that they signed may be open."""
        *older, newest = self.desks
        since = number(newest.read().get("signs_since_ms"))
        if older and not since:
            raise Conflict("The newest key does not sign yet: run `secrets rotate media` first.")
        wait = since + KNOWN_AFTER_MS + self.link_seconds * 1000 - self.clock.now_ms()
        if older and wait > 0:
            raise Conflict(f"Links signed by the key before are open for {-(-wait // 60_000)} more minutes.")
        return tuple(self._forget(desk, place, hand) for place, desk in enumerate(older, start=1))

    @staticmethod
    def _forget(desk: SecretDesk, place: int, hand: Hand) -> Change:
        fields = desk.read()
        there = bool(fields.get("private_key_pem"))
        change = Change("media", f"private key {place}, the oldest being 1", "kept" if there else "gone", "gone")
        return hand.apply(change, lambda: desk.write({"retired": True}))
