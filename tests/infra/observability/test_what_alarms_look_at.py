"""Alarms look at their own stage's series, all that matter and no more than CloudWatch allows."""

from collections.abc import Iterator
from typing import Any

import pytest

from local.figures.bells import bells
from local.figures.curves import SEARCH, Figure
from local.figures.series import Key
from local.stage import Stage
from reelwright.domain.metrics import NAMESPACE
from tests.infra.observability.boards import BOARDS, board

DEAD_LETTERS = {
    "HintsDead": "HintsDeadLetters",
    "SweepDead": "SweepingDeadLetters",
    "DeliveriesDead": "DeliveriesDeadLetters",
    "OutboxDead": "TellingDeadLetters",
}


@pytest.mark.parametrize("name", DEAD_LETTERS)
def test_an_alarm_of_dead_letters_looks_at_its_own_queue(name: str, stage: Stage) -> None:
    """The queue of the pipeline stack by its logical id, read through the one output that the metric names."""
    (dimension,) = bells(stage)[name].properties["Dimensions"]
    pipeline = stage.templates["pipeline"]
    output = pipeline["Outputs"][dimension["Value"]["Fn::GetStackOutput"]["OutputName"]]
    logical_id, attribute = output["Value"]["Fn::GetAtt"]
    assert pipeline["Resources"][logical_id]["Type"] == "AWS::SQS::Queue"
    assert (logical_id[:-8], attribute) == (DEAD_LETTERS[name], "QueueName")


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


def _is_ours(key: Key) -> bool:
    return key[0] == NAMESPACE


def _services(body: dict[str, Any]) -> Iterator[str]:
    for row in (row for widget in body["widgets"] for row in widget["properties"].get("metrics", ())):
        if found := SEARCH.match(Figure(row).expression):
            yield found[4]
        elif row[0] == NAMESPACE:
            yield row[row.index("service") + 1]


def test_alarms_are_patient_and_silence_is_no_fault(prod: Stage) -> None:
    """M of N except where one is too many already; missing data breaches for heart beats alone."""
    at_once = {"HintsDead", "SweepDead", "DeliveriesDead", "OutboxDead", "EndpointDisabled", "LedgerDrift"}
    heart_beats = {"SweepSilent", "OutboxOld"}
    for name, bell in bells(prod).items():
        given = bell.properties
        assert (given["EvaluationPeriods"] == 1) is (name in at_once)
        assert given["TreatMissingData"] == ("breaching" if name in heart_beats else "notBreaching")
