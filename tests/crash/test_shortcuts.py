"""What goes straight to moto is answered as what goes the whole way; what is branched off ends as what is run alone."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.crash.aws_seam import table_seam
from tests.crash.effects import Fault, Seams
from tests.crash.rig import rig
from tests.crash.run import run
from tests.crash.scenarios import SCENARIOS
from tests.crash.schedules import crashes
from tests.crash.straight import Asked, Through
from tests.crash.tree import Tree

TELLING = {"one_clip", "canceled_at_once", "fails_once", "budget_raised", "two_for_one_slot"}


def _straight(name: str) -> list[str]:
    return _answers(name, table_seam)


def _whole(name: str) -> list[str]:
    return _answers(name, lambda _seams: Asked.whole)


def _answers(name: str, table: Callable[[Callable[[], Seams]], Through]) -> list[str]:
    """Every call to DynamoDB that a run makes, with its answer, or with what the client raises."""
    told: list[str] = []

    def remembering(seams: Callable[[], Seams]) -> Through:
        return partial(_remembered, told, table(seams))

    scenario = next(one for one in SCENARIOS if one.name == name)
    with rig(remembering) as made:
        assert run(made, scenario).violations == []
    return told


def _remembered(told: list[str], make: Through, asked: Asked) -> Any:
    try:
        answer = make(asked)
    except ClientError as refused:
        told.append(_line(asked, dict(refused.response)))
        raise
    told.append(_line(asked, answer))
    return answer


def _line(asked: Asked, answer: dict[str, Any]) -> str:
    given = {name: value for name, value in asked.given.items() if name != "ClientRequestToken"}
    plain = {name: value for name, value in answer.items() if name != "ResponseMetadata"}
    return json.dumps([asked.operation, given, answer["ResponseMetadata"]["HTTPStatusCode"], plain], sort_keys=True)


@pytest.mark.parametrize("name", sorted(TELLING))
def test_both_ways_are_answered_alike(name: str) -> None:
    """Rows, counts, conditions that failed and the reasons why a transaction was canceled."""
    straight, whole = _straight(name), _whole(name)
    assert straight == whole
    assert any("PutItem" in line or "TransactWriteItems" in line for line in straight)


def test_the_answers_include_refusals() -> None:
    """So that the comparison above is not one of good days alone."""
    told = [line for name in sorted(TELLING) for line in _straight(name)]
    assert any("ConditionalCheckFailedException" in line for line in told)
    assert any("TransactionCanceledException" in line for line in told)


def test_branches_show_what_runs_of_their_own_show() -> None:
    """Every crash and every pair of crashes of a short scenario, both ways."""
    scenario, tree = next(one for one in SCENARIOS if one.name == "refused_at_once"), Tree(deaths=2)
    with rig() as made:
        run(made, scenario, tree=tree)
        assert {len(told.deaths) for told in tree.told} == {0, 1, 2}
        for told in tree.told:
            faults = tuple(_fault(death) for death in told.deaths)
            own = run(made, scenario, faults)
            places = len(list(crashes(own.effects, faults[-1].effect if faults else 0)))
            assert (told.violations, told.struck, told.places) == (tuple(own.violations), own.struck, places)


def _fault(death: str) -> Fault:
    """Of its name in a tree: `after #12 dispatch: …`."""
    when, number, *_ = death.split()
    return Fault(int(number.removeprefix("#")), "before" if when == "before" else "after")
