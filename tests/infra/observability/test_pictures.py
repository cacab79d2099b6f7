"""The pictures of the dashboards draw every figure of the definitions, and the kept ones are of these definitions."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any

import pytest

from local.figures.bells import Bell
from local.figures.curves import SEARCH, Figure, curves
from local.figures.drawing import Run, dashboard
from local.figures.series import Series
from local.stage import Stage
from tests.infra.observability.boards import BOARDS, board
from tests.infra.observability.stories import MINUTE_MS, Told
from tests.infra.synthesis import ROOT

pytestmark = pytest.mark.xdist_group("stories of pictures")


def _run(told: Told) -> Run:
    return Run(told.series, tuple(range(told.began_ms, told.ended_ms, MINUTE_MS)), {"HintsDead": True})


def _graphs(body: dict[str, Any]) -> list[dict[str, Any]]:
    return [widget for widget in body["widgets"] if widget["type"] == "metric"]


@pytest.mark.parametrize("name", BOARDS)
def test_every_figure_is_drawn(name: str, prod: Stage, told: Callable[[str], Told]) -> None:
    """Each widget under its question, each of its figures by its label, each limit where the definition has one."""
    body, run = board(prod, name), _run(told("healthy"))
    picture = dashboard(name, body, run)
    for widget in body["widgets"]:
        assert picture.count(f">{escape(widget['properties']['title'])}<") == 1
    for widget in _graphs(body):
        labels = [curve.label for curve in curves(widget, run.series, run.moments, run.seconds)]
        plain = [Figure(row) for row in widget["properties"]["metrics"]]
        assert len(labels) >= sum(one.visible and not SEARCH.match(one.expression) for one in plain)
        assert all(f">{escape(label)[:12]}" in picture for label in labels)
    limits = sum(len(one["properties"].get("annotations", {}).get("horizontal", ())) for one in _graphs(body))
    assert picture.count(">alarm at ") == limits


@pytest.mark.parametrize("name", BOARDS)
def test_a_search_finds_what_was_told(name: str, prod: Stage, told: Callable[[str], Told]) -> None:
    """No search of a definition is one that the drawing cannot read."""
    for widget in _graphs(board(prod, name)):
        for row in widget["properties"]["metrics"]:
            expression = Figure(row).expression
            assert not expression.startswith("SEARCH") or SEARCH.match(expression)
    assert list(curves(_graphs(board(prod, "provider"))[0], told("healthy").series, (0,), 60))


def test_values_stand_for_a_whole_period_of_the_definition() -> None:
    """A sum over five minutes stays one, however short the run; what was never told is a gap and not 0."""
    series = Series()
    for minute in range(4):
        series.put("Reelwright", "Admitted", {"service": "reelwright"}, minute * MINUTE_MS)
    row = ["Reelwright", "Admitted", "service", "reelwright", {"stat": "Sum"}]
    widget = {
        "properties": {
            "metrics": [
                row,
                [{"expression": "FILL(x, 0)", "label": "L"}],
                [*row[:4], {"id": "x", "visible": False, "stat": "Sum"}],
            ]
        }
    }
    (plain, filled) = curves(widget, series, (0, 2 * MINUTE_MS, 20 * MINUTE_MS), 60)
    assert plain.points == (None, 2, None)
    assert filled.points == (0, 2, 0)


def _is_number(widget: dict[str, Any]) -> bool:
    return bool(widget.get("view") == "singleValue")


@pytest.mark.parametrize("name", BOARDS)
def test_the_kept_pictures_are_of_these_definitions(name: str, prod: Stage, alarms: dict[str, Bell]) -> None:
    """A widget or alarm that was added, renamed, taken away, or made a line of numbers asks for `make pictures`."""
    kept = (ROOT / "docs" / "pictures" / f"{name}.svg").read_text()
    titles = re.findall(r'class="t">([^<]*)<', kept)[1:]
    defined = [one["properties"] for one in board(prod, name)["widgets"]]
    assert [unescape(title) for title in titles] == [one["title"] for one in defined]
    numbered = ['class="n"' in widget for widget in kept.split("<g transform")[1:]]
    assert not [one["title"] for one, drawn in zip(defined, numbered, strict=True) if drawn and not _is_number(one)]
    if name == "pipeline":
        assert all(re.search(rf">{alarm}( rang)?<", kept) for alarm in alarms)
