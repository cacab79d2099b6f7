"""A job's whole life, told to an operator without its prompt or anybody's address."""

import pytest

from tests.integration.ops.office import Office
from tests.integration.ops.repairs.mended import generating
from tests.support.telling import Telling


def test_a_trace_tells_the_whole_life_and_no_prompt(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Admission, claim, acceptance, money, end; the prompt stays in the table."""
    job = office.succeeded("2.25")
    assert office.run(f"trace {job.id}") == 0
    text = capsys.readouterr().out
    for part in (
        "admitted",
        "claimed a slot",
        "accepted as task t1",
        "hold 1.5",
        "capture 2.25",
        "succeeded",
        "closed",
    ):
        assert part in text
    assert "fox" not in text


def test_a_trace_shows_who_was_told(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Each endpoint's tries, by its id and never by its address."""
    telling = Telling(office.pipeline.client, office.given.table_name)
    good, _ = telling.managing.create("acme", "https://hooks.example/good")
    bad, _ = telling.managing.create("acme", "https://hooks.example/bad")
    telling.receiver.answers = {"https://hooks.example/bad": [503]}
    job = office.succeeded()
    telling.clock.at_ms = job.finished_ms or 0
    telling.announcing.announce(telling.in_outbox())
    telling.work()
    assert office.run(f"trace {job.id}") == 0
    text = capsys.readouterr().out
    assert f"webhook to {good.id}: delivered (204)" in text
    assert f"webhook to {bad.id}: rejected (503)" in text
    assert f"webhook to {bad.id} is pending" in text
    assert "hooks.example" not in text


def test_a_trace_shows_executions(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """By the names that the pipeline gives them, with their latest events."""
    job_id = generating(office)
    vars(office.box.reach).pop("workflows")
    office.box.repair.workflows.start(office.pipeline.job(job_id))
    assert office.run(f"job trace {job_id}") == 0
    text = capsys.readouterr().out
    assert f"{job_id}-1 RUNNING" in text
    assert "latest execution:" in text
