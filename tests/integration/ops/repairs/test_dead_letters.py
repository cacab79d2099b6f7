"""Dead letters explained, sent back to work or left for good."""

import json

import pytest

from tests.integration.ops.office import Office
from tests.integration.ops.repairs.mended import printed
from tests.support.pipeline import LANE


def dead(office: Office, body: object, queue: str = "dead") -> str:
    text = body if isinstance(body, str) else json.dumps(body)
    url = office.given.dead_letters_url if queue == "dead" else office.given.sweep_dead_letters_url
    return office.sqs.send_message(QueueUrl=url, MessageBody=text)["MessageId"]


def test_letters_are_explained_and_sorted(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """What is worth another try, and what is of no use."""
    queued, over = office.pipeline.submit().job_id, office.succeeded().id
    wanted = {
        dead(office, {"lane": LANE, "tenant": "acme", "job": queued}): "redrive",
        dead(office, {"lane": LANE, "tenant": "acme", "job": None}): "redrive",
        dead(office, {"lane": LANE, "tenant": "acme", "job": over}): "drop",
        dead(office, {"lane": LANE, "tenant": "acme", "job": "job_../../x"}): "drop",
        dead(office, "[" * 5000): "drop",
        dead(office, {"lane": "main", "tenant": "acme", "job": queued}): "drop",
        dead(office, {"detail": {"name": f"{over}-1"}}, "sweep"): "drop",
    }
    assert office.run("deadletters explain --json") == 0
    assert {row["id"]: row["advice"] for row in printed(capsys)} == wanted


@pytest.mark.parametrize("event", [{"check": "ledger"}, {"requestPayload": {"check": "ledger"}}])
def test_a_check_of_the_ledger_that_failed_is_told_from_a_sweep(office: Office, event: dict[str, object]) -> None:
    """The schedule keeps what it could not deliver, Lambda wraps what failed; no minute's sweep makes up for it."""
    dead(office, event, "sweep")
    (found,) = office.box.dead_letters.explain(10)
    assert (found.wanted, found.advice) == ("check the ledger", "drop")
    assert "hour" in found.now


def test_redrive_sends_what_is_worth_it_and_leaves_the_rest(office: Office) -> None:
    """The hint is on its queue again, byte for byte; the spoiled letter stays for `drop`."""
    body = {"lane": LANE, "tenant": "acme", "job": office.pipeline.submit().job_id}
    good, bad = dead(office, body), dead(office, "spoiled")
    assert office.run(f"deadletters redrive {bad}") == 4
    assert office.run("deadletters redrive") == 0
    (sent,) = office.sqs.receive_message(QueueUrl=office.given.hints_queue_url)["Messages"]
    assert json.loads(str(sent["Body"])) == body
    assert [one.letter.id for one in office.box.dead_letters.explain(10)] == [bad]
    assert office.run(f"deadletters drop {good}") == 3
    assert office.run("deadletters drop") == 0
    assert office.box.dead_letters.explain(10) == ()
