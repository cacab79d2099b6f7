"""Links to assets that stay the same for a while, so that an unchanged job is an unchanged answer."""

from dataclasses import dataclass

from reelwright.use_cases.ports import LinkSigner


@dataclass(frozen=True, slots=True)
class Links:
    """Signed links that work for at least half of `seconds`, at most all of it.

    Every link made within the same `window` (half of `seconds`) ends at the same moment.
    """

    signer: LinkSigner
    seconds: int
    now_ms: int

    @property
    def window(self) -> int:
        """The number of the present window; a new one means that links have to be asked for again."""
        return self.now_ms // self._window_ms

    @property
    def expires_ms(self) -> int:
        """When links of this window end."""
        return (self.window + 2) * self._window_ms

    def sign(self, key: str) -> str:
        """A link to the asset under `key`."""
        return self.signer.sign(key, self.expires_ms)

    @property
    def _window_ms(self) -> int:
        return max(1, self.seconds * 500)
