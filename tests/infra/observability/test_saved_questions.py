"""Questions to the logs are saved with the stage."""

from infra.questions import QUESTIONS
from local.stage import Stage


def test_questions_are_saved_and_ask_our_own_logs(prod: Stage) -> None:
    """One saved query for each, over log groups of functions."""
    saved = [one["Properties"] for one in prod.resources("AWS::Logs::QueryDefinition").values()]
    assert {one["Name"] for one in saved} == {f"Reelwright/prod/{one.area}/{one.words}" for one in QUESTIONS}
    assert all(one["LogGroupNames"] for one in saved)
