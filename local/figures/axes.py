"""Where a value stands in a graph, and the lines that say so."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

LEFT, RIGHT, TOP, BOTTOM = 52, 12, 34, 12
STEPS = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """The frame of a graph in pixels; the axis begins at 0 and ends at `highest`."""

    highest: float
    left: int
    right: int
    top: int
    bottom: int

    def y(self, value: float) -> float:
        """How far down."""
        return self.bottom - value / self.highest * (self.bottom - self.top)

    def holds(self, value: float) -> bool:
        """Whether the value is within the frame."""
        return 0 <= value <= self.highest

    def grid(self, unit: str) -> Iterator[str]:
        """Lines with their values, and what is measured."""
        for step in range(STEPS + 1):
            value = self.highest * step / STEPS
            y = self.y(value)
            yield f'<path class="g" d="M{self.left} {y:.1f}H{self.right}"/>'
            yield f'<text x="{self.left - 5}" y="{y + 4:.1f}" text-anchor="end">{number(value)}</text>'
        yield f'<text x="{self.left}" y="{self.top - 4}" class="q">{escape(unit)}</text>'


def scale(highest: float, wide: int, high: int) -> Scale:
    """The axis for values up to `highest`: it ends at 1, 2, 4 or 8 of some power of ten, or the halves of it."""
    return Scale(_round_up(highest), LEFT, wide - RIGHT, TOP, high - BOTTOM)


def number(value: float) -> str:
    """Three digits, and a word for thousands."""
    for size, word in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= 10 * size:
            return f"{value / size:.3g}{word}"
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"  # noqa: PLR2004 - three digits


def _round_up(value: float) -> float:
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(one * power for one in (1, 1.2, 1.6, 2, 4, 6, 8, 10, 12) if one * power >= value)
