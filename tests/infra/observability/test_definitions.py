"""Names, runbooks and dashboards agree with the catalogue and with each other."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from infra.questions import QUESTIONS
from reelwright.domain.metrics import CATALOGUE, NAMESPACE
from tests.infra.observability.bells import bells, parts
from tests.infra.observability.boards import BOARDS, board
from tests.infra.synthesis import ROOT, Stage


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
        assert CATALOGUE[metric].dimension in names if "SEARCH" in names else names >= {"service", "reelwright"}


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


def test_every_alarm_names_a_runbook_that_is_there(prod: Stage) -> None:
    """Whoever is woken reads on in the file that the description names."""
    kinds = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")
    for kind in kinds:
        for alarm in prod.resources(kind).values():
            found = re.search(r"Runbook: (docs/runbooks/[\w-]+\.md)$", alarm["Properties"]["AlarmDescription"])
            assert found, alarm["Properties"]["AlarmDescription"]
            assert (ROOT / found[1]).is_file(), found[1]


def test_every_alarm_reaches_somebody(prod: Stage) -> None:
    """By itself, or as a part of the page; and exactly one composite tells anybody."""
    composites = [one["Properties"] for one in prod.resources("AWS::CloudWatch::CompositeAlarm").values()]
    (page,) = [one for one in composites if one.get("AlarmActions")]
    for name, bell in bells(prod).items():
        assert bool(bell.properties.get("AlarmActions")) is not (name in parts(page["AlarmRule"]))


def test_alarms_are_patient_and_silence_is_no_fault(prod: Stage) -> None:
    """M of N except where one is too many already; missing data breaches for heart beats alone."""
    at_once = {"HintsDead", "SweepDead", "DeliveriesDead", "OutboxDead", "EndpointDisabled", "LedgerDrift"}
    heart_beats = {"SweepSilent", "OutboxOld"}
    for name, bell in bells(prod).items():
        given = bell.properties
        assert (given["EvaluationPeriods"] == 1) is (name in at_once)
        assert given["TreatMissingData"] == ("breaching" if name in heart_beats else "notBreaching")


def test_questions_are_saved_and_ask_our_own_logs(prod: Stage) -> None:
    """One saved query for each, over log groups of functions."""
    saved = [one["Properties"] for one in prod.resources("AWS::Logs::QueryDefinition").values()]
    assert {one["Name"] for one in saved} == {f"Reelwright/prod/{one.area}/{one.words}" for one in QUESTIONS}
    assert all(one["LogGroupNames"] for one in saved)


def test_an_e_mail_is_told_where_the_setting_names_one(boundary: Stage) -> None:
    """The subscription has to be confirmed by its owner."""
    assert boundary.one("AWS::SNS::Subscription")["Endpoint"] == "night@example.com"
