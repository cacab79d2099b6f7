"""Alarms of a synthesized template, judged over series as CloudWatch would judge them."""

import json
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from local.figures.mathematics import Value, worked_out
from local.figures.series import Key, Series, key
from local.stage import Stage

MINUTE_MS = 60_000
COMPARES: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "GreaterThanThreshold": operator.gt,
    "LessThanThreshold": operator.lt,
}


@dataclass(frozen=True)
class Bell:
    """One metric alarm: its name in our own code, its logical id, its properties."""

    name: str
    logical_id: str
    properties: Mapping[str, Any]

    @property
    def period_ms(self) -> int:
        """The length of a period."""
        return 1000 * int(next(self._stats())["Period"])

    def sources(self, metric: str = "") -> list[Key]:
        """The series that the alarm looks at, or those of one name."""
        found = [_key(stat["Metric"]) for stat in self._stats()]
        return [one for one in found if not metric or one[1] == metric]

    def value(self, series: Series, from_ms: int) -> Value:
        """The figure of the period that begins then."""
        to_ms = from_ms + self.period_ms
        values: dict[str, Value] = {}
        for query in self._queries():
            if stat := query.get("MetricStat"):
                values[query["Id"]] = series.statistic(_key(stat["Metric"]), stat["Stat"], from_ms, to_ms)
        (told,) = [query for query in self._queries() if query.get("ReturnData", True)]
        return worked_out(told["Expression"], values) if "Expression" in told else values[told["Id"]]

    def rings(self, series: Series, at_ms: int) -> bool:
        """True when it rings, the last whole period ending at or before that time."""
        given, last = self.properties, at_ms // self.period_ms * self.period_ms
        points = [
            self.value(series, last - number * self.period_ms) for number in range(1, given["EvaluationPeriods"] + 1)
        ]
        return sum(map(self.breaches, points)) >= int(given.get("DatapointsToAlarm", given["EvaluationPeriods"]))

    def rang(self, series: Series, from_ms: int, to_ms: int) -> bool:
        """True when it rang at any minute of the time."""
        return any(self.rings(series, at_ms) for at_ms in range(from_ms, to_ms + 1, MINUTE_MS))

    def breaches(self, value: Value) -> bool:
        """Whether a period with this figure counts towards the alarm."""
        if value is None:
            return bool(self.properties["TreatMissingData"] == "breaching")
        return COMPARES[self.properties["ComparisonOperator"]](value, float(self.properties["Threshold"]))

    def _queries(self) -> list[dict[str, Any]]:
        given = self.properties
        if "Metrics" in given:
            queries: list[dict[str, Any]] = given["Metrics"]
            return queries
        metric = {name: given[name] for name in ("Namespace", "MetricName", "Dimensions")}
        stat = given.get("Statistic") or given["ExtendedStatistic"]
        return [{"Id": "m", "MetricStat": {"Metric": metric, "Stat": stat, "Period": given["Period"]}}]

    def _stats(self) -> Iterator[dict[str, Any]]:
        return (query["MetricStat"] for query in self._queries() if "MetricStat" in query)


def bells(stage: Stage) -> dict[str, Bell]:
    """Every metric alarm of a stage by its name."""
    found = stage.resources("AWS::CloudWatch::Alarm")
    made = [Bell(_name(one), one, alarm["Properties"]) for one, alarm in found.items()]
    return {bell.name: bell for bell in made}


def composite(stage: Stage, name: str) -> dict[str, Any]:
    """The properties of a composite alarm."""
    found = stage.resources("AWS::CloudWatch::CompositeAlarm")
    (properties,) = [alarm["Properties"] for one, alarm in found.items() if _name(one) == name]
    given: dict[str, Any] = properties
    return given


def parts(rule: Any) -> set[str]:
    """The alarms that a composite's rule names."""
    return {_name(one) for one in re.findall(r'"Fn::GetAtt": \["(\w+)", "Arn"\]', json.dumps(rule))}


def _name(logical_id: str) -> str:
    return logical_id.removeprefix("Watch")[:-8]


def _key(metric: Mapping[str, Any]) -> Key:
    dimensions = {one["Name"]: one["Value"] for one in metric.get("Dimensions", ())}
    return key(metric["Namespace"], metric["MetricName"], dimensions)
