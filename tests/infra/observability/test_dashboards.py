"""Dashboards draw what the catalogue counts, all of it, each figure for a question."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from local.figures.bells import bells
from local.stage import Stage
from reelwright.domain.metrics import CATALOGUE, NAMESPACE
from tests.infra.observability.boards import BOARDS, board


def _drawn(body: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """Namespace and the rest of every metric that a dashboard draws, searches included."""
    for widget in body["widgets"]:
        for row in widget["properties"].get("metrics", ()):
            if isinstance(row[0], str):
                yield row[0], row[1:]
            elif found := re.match(r"SEARCH\('\{(\w+),([\w,]+)\} MetricName=\"(\w+)\"", row[0].get("expression", "")):
                dimension = set(found[2].split(",")) - {"service"}
                yield found[1], [found[3], "SEARCH", *dimension]


@pytest.mark.parametrize("name", BOARDS)
def test_dashboards_draw_only_what_is_counted(prod: Stage, name: str) -> None:
    """Every metric of ours stands in the catalogue, with that dimension and no other."""
    drawn = [rest for namespace, rest in _drawn(board(prod, name)) if namespace == NAMESPACE]
    assert drawn
    for metric, *rest in drawn:
        names = {one for one in rest if isinstance(one, str)}
        assert (
            CATALOGUE[metric].dimension in names
            if "SEARCH" in names
            else names >= {"service", f"reelwright-{prod.name}"}
        )


def test_everything_that_is_counted_is_drawn(prod: Stage) -> None:
    """A metric that no dashboard shows is a metric that nobody pays for gladly."""
    drawn = {rest[0] for name in BOARDS for namespace, rest in _drawn(board(prod, name)) if namespace == NAMESPACE}
    assert drawn == set(CATALOGUE)


@pytest.mark.parametrize("name", BOARDS)
def test_every_figure_answers_a_question(prod: Stage, name: str) -> None:
    """The title asks it."""
    titles = [widget["properties"]["title"] for widget in board(prod, name)["widgets"]]
    assert all(title.endswith("?") for title in titles)
    assert len(titles) == len(set(titles))


def test_the_business_sees_the_share_that_the_alarm_judges(prod: Stage) -> None:
    """The same mathematics over the same series: what moderation refuses is no failure in either."""
    (widget,) = [
        one["properties"]
        for one in board(prod, "business")["widgets"]
        if one["properties"]["title"] == "What share of jobs succeeds?"
    ]
    drawn = {row[-1]["id"]: row[:-1] for row in widget["metrics"] if isinstance(row[0], str)}
    (shown,) = [row[0]["expression"] for row in widget["metrics"] if isinstance(row[0], dict)]
    judged = bells(prod)["SuccessRatio"].properties["Metrics"]
    (expression,) = [one["Expression"] for one in judged if "Expression" in one]
    assert shown == expression
    assert drawn == {one["Id"]: _row(one["MetricStat"]["Metric"]) for one in judged if "MetricStat" in one}


def _row(metric: dict[str, Any]) -> list[str]:
    """A metric of an alarm as a dashboard writes it."""
    dimensions = [part for one in metric["Dimensions"] for part in (one["Name"], one["Value"])]
    return [metric["Namespace"], metric["MetricName"], *dimensions]
