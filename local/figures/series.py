"""Metrics as CloudWatch would keep them, read from the lines that functions print."""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Key = tuple[str, str, frozenset[tuple[str, str]]]
"""(namespace, name, dimensions)."""

SIMPLE: Final[dict[str, Callable[[list[float]], float]]] = {"Sum": sum, "Maximum": max, "Minimum": min}


@dataclass
class Series:
    """Values with their times (epoch milliseconds)."""

    values: dict[Key, list[tuple[int, float]]] = field(default_factory=dict)

    def put(self, namespace: str, name: str, dimensions: Mapping[str, Any], at_ms: int, value: float = 1) -> None:
        """Keep one value. A dimension that is only known after deployment may be whatever the template says of it."""
        self.values.setdefault(key(namespace, name, dimensions), []).append((at_ms, value))

    def read(self, lines: Iterable[str]) -> None:
        """Keep what every line in embedded metric format tells."""
        for told in parsed(lines):
            for directive in told["_aws"]["CloudWatchMetrics"]:
                for names in directive["Dimensions"]:
                    self._read(told, directive, {name: told[name] for name in names})

    def _read(self, told: Mapping[str, Any], directive: Mapping[str, Any], dimensions: Mapping[str, str]) -> None:
        for metric in directive["Metrics"]:
            for value in told[metric["Name"]]:
                self.put(directive["Namespace"], metric["Name"], dimensions, told["_aws"]["Timestamp"], value)

    def names(self, namespace: str = "Reelwright") -> set[str]:
        """Every name that was told."""
        return {name for where, name, _ in self.values if where == namespace}

    def times(self, factor: float) -> "Series":
        """The same, as if so many did it all together."""
        return Series({one: [(at, value * factor) for at, value in told] for one, told in self.values.items()})

    def statistic(self, wanted: Key, name: str, from_ms: int, to_ms: int) -> float | None:
        """Of the values within a period; None where there are none."""
        found = sorted(value for at, value in self.values.get(wanted, ()) if from_ms <= at < to_ms)
        return _of(found, name) if found else None


def key(namespace: str, name: str, dimensions: Mapping[str, Any]) -> Key:
    """Under what a metric is kept."""
    return namespace, name, frozenset((one, _text(value)) for one, value in dimensions.items())


def parsed(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The lines that hold metrics."""
    for line in lines:
        if '"_aws"' in line:
            yield json.loads(line)


def _of(values: list[float], statistic: str) -> float:
    if simple := SIMPLE.get(statistic):
        return simple(values)
    if statistic == "Average":
        return sum(values) / len(values)
    return values[math.ceil(float(statistic.removeprefix("p")) / 100 * len(values)) - 1]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)
