"""A dashboard as SVG: every widget at its place, each curve with its name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from local.figures.axes import Scale, number, scale
from local.figures.curves import Curve, curves
from local.figures.series import Series

CELL_X, CELL_Y, GAP = 50, 40, 8
COLOURS: Final = ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22")
QUIET: Final = "nothing was told"
STYLE: Final = (
    "text{fill:#222}.t{font-size:12px;font-weight:bold}.n{font-size:30px}.q{fill:#888}"
    ".a{stroke:#d62728;stroke-dasharray:5 3}.g{stroke:#ddd}"
)
LEGEND_ROWS = 3


@dataclass(frozen=True, slots=True)
class Run:
    """What was told, the moments that are drawn (epoch ms), and which alarms rang meanwhile."""

    series: Series
    moments: Sequence[int]
    rang: Mapping[str, bool]

    @property
    def seconds(self) -> int:
        """How long it lasted."""
        return (self.moments[-1] - self.moments[0]) // 1000


def dashboard(title: str, body: Mapping[str, Any], run: Run) -> str:
    """The whole picture."""
    widgets = body["widgets"]
    high = max(one["y"] + one["height"] for one in widgets) * CELL_Y + 40
    parts = [
        _text(10, 22, f"{title}, a run of {run.seconds / 60:.0f} minutes", "t"),
        *(_widget(one, run) for one in widgets),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {24 * CELL_X} {high}" width="{24 * CELL_X}" '
        f'font-family="DejaVu Sans,Helvetica,Arial,sans-serif" font-size="10">'
        f'<style>{STYLE}</style><rect width="100%" height="100%" fill="#f4f5f6"/>' + "\n".join(parts) + "</svg>\n"
    )


def _widget(widget: Mapping[str, Any], run: Run) -> str:
    wide, high = widget["width"] * CELL_X - GAP, widget["height"] * CELL_Y - GAP
    inner = "".join(_content(widget, run, wide, high))
    left, top = widget["x"] * CELL_X + GAP // 2, widget["y"] * CELL_Y + 36
    frame = f'<rect width="{wide}" height="{high}" rx="4" fill="white" stroke="#ccc"/>'
    title = _text(10, 18, widget["properties"]["title"], "t")
    return f'<g transform="translate({left},{top})">{frame}{title}{inner}</g>'


def _content(widget: Mapping[str, Any], run: Run, wide: int, high: int) -> Iterator[str]:
    properties = widget["properties"]
    if widget["type"] == "alarm":
        yield from _alarms(run, wide)
    elif properties["view"] == "singleValue":
        yield from _numbers(list(curves(widget, run.series, run.moments[-1:], run.seconds)), wide)
    else:
        found = list(curves(widget, run.series, run.moments, run.seconds))
        yield from _graph(found, properties, wide, high)


def _alarms(run: Run, wide: int) -> Iterator[str]:
    columns = 6
    for place, (name, rang) in enumerate(sorted(run.rang.items())):
        x, y = 14 + place % columns * (wide // columns), 46 + place // columns * 24
        yield f'<circle cx="{x}" cy="{y - 4}" r="6" fill="{"#d62728" if rang else "#2ca02c"}"/>'
        yield _text(x + 12, y, f"{name}{' rang' if rang else ''}")


def _numbers(found: Sequence[Curve], wide: int) -> Iterator[str]:
    each = wide // max(len(found), 1)
    for place, curve in enumerate(found):
        (value,) = curve.points
        yield _text(14 + place * each, 100, QUIET if value is None else number(value), "q" if value is None else "n")
        yield _text(14 + place * each, 130 + place % 2 * 16, curve.label)  # long names side by side run into each other


def _graph(found: Sequence[Curve], properties: Mapping[str, Any], wide: int, high: int) -> Iterator[str]:
    limits = [one["value"] for one in properties.get("annotations", {}).get("horizontal", ())]
    drawn = _piled(found) if properties.get("stacked") else [(curve, curve.points) for curve in found]
    highest = max((one for _, points in drawn for one in points if one is not None), default=0)
    axis = scale(max([highest, *(limit for limit in limits if limit <= 4 * highest)]), wide, high - 14 * LEGEND_ROWS)
    yield from axis.grid(properties.get("yAxis", {}).get("left", {}).get("label", ""))
    for limit in limits:
        if axis.holds(limit):
            yield f'<path class="a" fill="none" d="M{axis.left} {axis.y(limit):.1f}H{axis.right}"/>'
        yield _text(axis.right - 90, axis.top - 2, f"alarm at {number(limit)}")
    for place, (_, points) in reversed([*enumerate(drawn)]):
        yield from _line(points, axis, COLOURS[place % len(COLOURS)], filled=bool(properties.get("stacked")))
    yield from _legend(found, axis, high)


def _piled(found: Sequence[Curve]) -> list[tuple[Curve, Sequence[float | None]]]:
    """Each upon those before it."""
    below: list[float] = []
    piled: list[tuple[Curve, Sequence[float | None]]] = []
    for curve in found:
        below = below or [0.0] * len(curve.points)
        below = [base + (value or 0) for base, value in zip(below, curve.points, strict=True)]
        piled.append((curve, tuple(below)))
    return piled


def _line(points: Sequence[float | None], axis: Scale, colour: str, *, filled: bool) -> Iterator[str]:
    """Unbroken where values follow each other; a value alone is a dot."""
    step = (axis.right - axis.left) / max(len(points) - 1, 1)
    for run in _unbroken(points):
        places = [f"{axis.left + at * step:.1f} {axis.y(value):.1f}" for at, value in run]
        path = "M" + "L".join(places)
        if filled:
            last, first = (axis.left + run[end][0] * step for end in (-1, 0))
            area = f"{path}L{last:.1f} {axis.bottom}L{first:.1f} {axis.bottom}Z"
            yield f'<path d="{area}" fill="{colour}"/>'
        elif len(run) == 1:
            x, y = places[0].split()
            yield f'<circle cx="{x}" cy="{y}" r="2" fill="{colour}"/>'
        else:
            yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>'


def _unbroken(points: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    run: list[tuple[int, float]] = []
    for at, value in enumerate(points):
        if value is not None:
            run.append((at, value))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _legend(found: Sequence[Curve], axis: Scale, high: int) -> Iterator[str]:
    if not any(curve.told for curve in found):
        yield _text((axis.left + axis.right) // 2 - 40, (axis.top + axis.bottom) // 2, QUIET, "q")
    columns = 2 if len(found) <= 2 * LEGEND_ROWS else 4
    each = (axis.right - 10) // columns
    for place, curve in enumerate(found):
        x, y = 10 + place % columns * each, high - 14 * LEGEND_ROWS + 10 + place // columns * 13
        yield f'<rect x="{x}" y="{y - 8}" width="9" height="9" fill="{COLOURS[place % len(COLOURS)]}"/>'
        yield _text(x + 13, y, curve.label[: each // 6])


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    look = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}"{look}>{escape(text)}</text>'
