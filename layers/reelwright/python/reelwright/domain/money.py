"""Credits: decimal Kling units and what they cost in US dollars."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

USD_PER_VIDEO_UNIT: Final = Decimal("0.14")
"""Kling's list price of one video unit (Kling price book of 2026-09-20)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """An amount of video units and its list price."""

    units: Decimal

    @property
    def usd(self) -> Decimal:
        """The same amount in US dollars at list price."""
        return self.units * USD_PER_VIDEO_UNIT

    def as_strings(self) -> dict[str, str]:
        """Both figures as plain decimal strings, never in exponent form."""
        return {"units": plain(self.units), "usd": plain(self.usd)}


def plain(amount: Decimal) -> str:
    """A decimal without exponent or trailing zeros: `Decimal("3.50")` gives `3.5`."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
