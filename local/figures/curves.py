"""A widget's figures over the time of a run.

Each point is what CloudWatch would give for one period of the definition's own length that ends there, so that units
stay what they are, however short the run was.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from local.figures.mathematics import Value, worked_out
from local.figures.series import Key, Series, key

MINUTES_5: Final = 300
SEARCH: Final = re.compile(r"SEARCH\('\{(\w+),([\w,]+)\} MetricName=\"(\w+)\" service=\"([\w-]+)\"', '(\w+)'\)")
HASHED: Final = re.compile(r"^reelwright-[a-z]+-[a-z]+-|[0-9A-F]{8}-?[0-9A-F]*$")
"""What CloudFormation adds to the names of resources."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A labelled figure at each moment; None where nothing was told."""

    label: str
    points: tuple[Value, ...]

    @property
    def told(self) -> bool:
        """True when there is anything to draw."""
        return any(point is not None for point in self.points)


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric of a widget: a series and its statistic, a search for series, or an expression of others."""

    row: Sequence[Any]

    @property
    def given(self) -> Mapping[str, Any]:
        """Its options."""
        return self.row[-1] if isinstance(self.row[-1], dict) else {}

    @property
    def visible(self) -> bool:
        """False for those that only feed an expression."""
        return bool(self.given.get("visible", True))

    @property
    def expression(self) -> str:
        """Its mathematics, "" for a plain metric."""
        return str(self.given.get("expression", ""))

    @property
    def seconds(self) -> int:
        """The length of its period."""
        return int(self.given.get("period", MINUTES_5))

    @property
    def key(self) -> Key:
        """Under what a plain metric is kept."""
        namespace, name, *rest = (part for part in self.row if isinstance(part, str))
        return key(namespace, name, dict(zip(rest[::2], rest[1::2], strict=True)))

    @property
    def label(self) -> str:
        """Its name in the legend: the given one, else that of AWS's resource, else the metric's."""
        if given := self.given.get("label") or self.expression:
            return str(given)
        namespace, name, dimensions = self.key
        resource = HASHED.sub("", next(iter(dict(dimensions).values())))
        if namespace in {"AWS/Lambda", "AWS/SQS"}:
            return resource
        statistic = str(self.given.get("stat", ""))
        return f"{name} {statistic}" if statistic.startswith("p") else name

    def value(self, series: Series, at_ms: int, seconds: int) -> Value:
        """A plain metric's statistic over the period that ends then."""
        return series.statistic(self.key, self.given.get("stat", "Average"), at_ms - seconds * 1000, at_ms)


def curves(widget: Mapping[str, Any], series: Series, moments: Sequence[int], whole_seconds: int) -> Iterator[Curve]:
    """All curves of a widget; a number that is shown for the whole time takes `whole_seconds` as its period."""
    properties = widget["properties"]
    figures = [Figure(row) for row in properties.get("metrics", ())]
    named = {str(one.given["id"]): one for one in figures if one.given.get("id")}
    whole = whole_seconds if properties.get("setPeriodToTimeRange") else 0
    for figure in figures:
        if not figure.visible:
            continue
        if found := SEARCH.match(figure.expression):
            yield from _searched(found, series, moments, whole or figure.seconds)
        elif figure.expression:
            points = (_worked_out(figure, named, series, at, whole) for at in moments)
            yield Curve(figure.label, tuple(points))
        else:
            points = (figure.value(series, at, whole or figure.seconds) for at in moments)
            yield Curve(figure.label, tuple(points))


def _worked_out(figure: Figure, named: Mapping[str, Figure], series: Series, at_ms: int, whole: int) -> Value:
    values = {name: one.value(series, at_ms, whole or one.seconds) for name, one in named.items()}
    return worked_out(figure.expression, values)


def _searched(found: "re.Match[str]", series: Series, moments: Sequence[int], seconds: int) -> Iterator[Curve]:
    """A curve for every value of the one dimension besides the service."""
    namespace, dimensions, name, service, statistic = found.groups()
    (dimension,) = set(dimensions.split(",")) - {"service"}
    for one in sorted(series.values, key=str):
        given = dict(one[2])
        if one[:2] == (namespace, name) and given.get("service") == service and set(given) == {"service", dimension}:
            values = (series.statistic(one, statistic, at - seconds * 1000, at) for at in moments)
            yield Curve(given[dimension], tuple(values))
