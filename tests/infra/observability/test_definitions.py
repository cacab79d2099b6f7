"""Names, runbooks and dashboards agree with the catalogue and with each other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.choices import ImpossibleChoiceError
from infra.questions import QUESTIONS
from local.drills.drills import DRILLS
from local.drills.seen import SEEN
from local.figures.bells import Bell, bells, parts
from local.figures.curves import SEARCH, Figure
from local.figures.series import Key
from local.stage import Stage
from reelwright.domain.metrics import CATALOGUE, NAMESPACE
from tests.infra.observability.boards import BOARDS, board
from tests.infra.synthesis import ROOT, synthesize

KINDS = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")
RUNBOOKS = "https://wiki.example/docs/runbooks/"
DEAD_LETTERS = {
    "HintsDead": "HintsDeadLetters",
    "SweepDead": "SweepingDeadLetters",
    "DeliveriesDead": "DeliveriesDeadLetters",
    "OutboxDead": "TellingDeadLetters",
}


NOT_ON_ONE_MACHINE = {"TableThrottles"}
"""Alarms whose fault the embedded AWS cannot have."""


@pytest.fixture(scope="module")
def linked(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A dev stage whose owner says where the runbooks are read."""
    return synthesize("dev", packages, tmp_path_factory.mktemp("linked"), runbooks=RUNBOOKS)


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


def test_every_alarm_names_a_runbook_that_is_there(prod: Stage) -> None:
    """Whoever is woken reads on in the file that the description names."""
    for kind in KINDS:
        for alarm in prod.resources(kind).values():
            found = re.search(r"Runbook: (docs/runbooks/[\w-]+\.md)$", alarm["Properties"]["AlarmDescription"])
            assert found, alarm["Properties"]["AlarmDescription"]
            assert (ROOT / found[1]).is_file(), found[1]


def test_the_page_of_alarms_has_each_of_them(prod: Stage) -> None:
    """The table of docs/observability.md names every alarm once, and with it the runbook that its description names."""
    told = (ROOT / "docs" / "observability.md").read_text().split("| alarm | runbook |")[1].split("\n\n")[0]
    rows = [line.split("|")[1:3] for line in told.splitlines() if line.startswith("| ") and "---" not in line]
    table = {name.strip(): links for names, links in rows for name in re.sub(r"\*.*?\*", "", names).split(",")}
    alarms = bells(prod)
    assert table.keys() == alarms.keys()
    for name, bell in alarms.items():
        assert bell.properties["AlarmDescription"].rpartition("docs/")[2] in table[name]


@pytest.mark.parametrize("runbook", sorted((ROOT / "docs" / "runbooks").glob("*.md")), ids=lambda path: path.stem)
def test_every_runbook_can_be_drilled_and_was_followed(runbook: Path) -> None:
    """Its fault is one of the drills, and its last line says when it was injected and what the drill shows."""
    assert runbook.stem in {drill.runbook for drill in DRILLS}
    followed = r"\*\*Followed\*\* on \d{4}-\d\d-\d\d on the embedded deployment: (.*)\.\n\Z"
    found = re.search(followed, runbook.read_text())
    assert found
    assert found[1] == SEEN[runbook.stem]


def test_every_alarm_had_its_own_fault_injected(prod: Stage) -> None:
    """By a drill of its own runbook, or the runbook says that it was not seen."""
    alarms = bells(prod)
    drilled = {drill.alarm for drill in DRILLS if f"/{drill.runbook}.md" in _described(alarms[drill.alarm])}
    assert alarms.keys() - drilled == NOT_ON_ONE_MACHINE
    for name in NOT_ON_ONE_MACHINE:
        (runbook,) = re.findall(r"docs/runbooks/[\w-]+\.md", _described(alarms[name]))
        assert f"`{name}` was not seen" in (ROOT / runbook).read_text()


def _described(bell: Bell) -> str:
    return str(bell.properties["AlarmDescription"])


def test_runbooks_are_linked_where_the_deployer_says_where_they_are(linked: Stage) -> None:
    """The description ends with an address that can be followed."""
    told = [one["Properties"]["AlarmDescription"] for kind in KINDS for one in linked.resources(kind).values()]
    assert told
    assert all(re.search(rf"Runbook: {re.escape(RUNBOOKS)}[\w-]+\.md$", one) for one in told)


@pytest.mark.parametrize("address", ["http://wiki.example/runbooks/", "https://wiki.example/runbooks", "runbooks/"])
def test_runbooks_are_linked_by_https_or_not_at_all(address: str, packages: Path, tmp_path: Path) -> None:
    """And the address is a folder's: the file's name is put behind it."""
    with pytest.raises(Exception, match="runbooks is an https address") as raised:
        synthesize("dev", packages, tmp_path, runbooks=address)
    assert isinstance(raised.value, ImpossibleChoiceError)


@pytest.mark.parametrize("name", DEAD_LETTERS)
def test_an_alarm_of_dead_letters_looks_at_its_own_queue(name: str, stage: Stage) -> None:
    """The queue of the pipeline stack by its logical id, read through the one output that the metric names."""
    (dimension,) = bells(stage)[name].properties["Dimensions"]
    pipeline = stage.templates["pipeline"]
    output = pipeline["Outputs"][dimension["Value"]["Fn::GetStackOutput"]["OutputName"]]
    logical_id, attribute = output["Value"]["Fn::GetAtt"]
    assert pipeline["Resources"][logical_id]["Type"] == "AWS::SQS::Queue"
    assert (logical_id[:-8], attribute) == (DEAD_LETTERS[name], "QueueName")


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


def test_throttles_of_every_index_are_watched(prod: Stage) -> None:
    """CloudWatch counts what an index turns away under the index alone."""
    indexes = {one["IndexName"] for one in prod.one("AWS::DynamoDB::Table")["GlobalSecondaryIndexes"]}
    looked_at = [(metric, dict(where)) for _, metric, where in bells(prod)["TableThrottles"].sources()]
    for kind in ("Read", "Write"):
        places = {where.get("GlobalSecondaryIndexName") for metric, where in looked_at if metric.startswith(kind)}
        assert places == {None, *indexes}


def test_no_alarm_adds_up_more_series_than_it_may(prod: Stage) -> None:
    """Ten, by CloudWatch's quota for alarms on metric mathematics."""
    assert all(len(bell.sources()) <= 10 for bell in bells(prod).values())


def test_no_stage_hears_anothers_figures(stage: Stage) -> None:
    """An account may hold several: functions tell under the stage's name, and only that is looked at or drawn."""
    environments = [one["Environment"]["Variables"] for one in stage.functions().values() if "Environment" in one]
    looked_at = {dict(key[2])["service"] for bell in bells(stage).values() for key in bell.sources() if _is_ours(key)}
    drawn = {service for name in BOARDS for service in _services(board(stage, name))}
    told = {one["POWERTOOLS_SERVICE_NAME"] for one in environments if "POWERTOOLS_SERVICE_NAME" in one}
    assert told == looked_at == drawn == {f"reelwright-{stage.name}"}


def test_names_that_an_account_has_once_hold_the_stage(stage: Stage) -> None:
    """Two stages in one account do not take each other's alarms or dashboards."""
    for kind, name in (
        ("AWS::CloudWatch::CompositeAlarm", "AlarmName"),
        ("AWS::CloudWatch::Dashboard", "DashboardName"),
    ):
        for one in stage.resources(kind).values():
            assert one["Properties"][name].startswith(f"reelwright-{stage.name}-")


def test_pages_can_be_told_from_the_rest_by_name(prod: Stage) -> None:
    """The filter of docs/observability.md fits the page and the alarm that pages by itself, and no other name."""
    page = (ROOT / "docs" / "observability.md").read_text().replace("<stage>", prod.name)
    prefixes = re.findall(r'"prefix": "([^"]+)"', page)
    plain = [f"reelwright-{prod.name}-observability-{bell.logical_id}" for bell in bells(prod).values()]
    named = [one["Properties"]["AlarmName"] for one in prod.resources("AWS::CloudWatch::CompositeAlarm").values()]
    fitting = [name for name in (*plain, *named) if name.startswith(tuple(prefixes))]
    assert len(prefixes) == len(fitting) == 2


def _is_ours(key: Key) -> bool:
    return key[0] == NAMESPACE


def _services(body: dict[str, Any]) -> Iterator[str]:
    for row in (row for widget in body["widgets"] for row in widget["properties"].get("metrics", ())):
        if found := SEARCH.match(Figure(row).expression):
            yield found[4]
        elif row[0] == NAMESPACE:
            yield row[row.index("service") + 1]


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
