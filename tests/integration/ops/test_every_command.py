"""What holds for every command."""

import json
import re

import pytest

from reelwright.ops.main import parser
from reelwright.use_cases.ops.changes import Hand
from tests.integration.ops.office import MONTH, Office
from tests.support.pipeline import LANE

CHANGING = [
    "lane limit LANE 7",
    "lane rate LANE 30",
    "lane pause LANE",
    "lane limit main.kling-v3.video 3",
    "pause all",
    "tenant create zoe --units 50",
    "tenant budget acme 7.25",
    "tenant caps acme --at-once 3 --weight 2",
    "tenant suspend acme",
    "tenant pause acme",
    "key create acme --name ci --days 30",
    "key rotate acme KEY",
    "webhook rotate acme ENDPOINT",
    "webhook test acme ENDPOINT",
    "webhook disable acme ENDPOINT",
    "webhook replay acme ENDPOINT",
    "secrets rotate callbacks",
    "secrets rotate media",
    "job reconcile JOB",
    "job replay-callback JOB",
    "slot release LANE SLOT",
    "deadletters drop",
    "ledger check --without-kling",
    "costs",
]


def spelled(line: str, things: dict[str, str]) -> str:
    """The line with names of things that are there."""
    for word, name in things.items():
        line = line.replace(word, name)
    return line


def prepared(office: Office) -> dict[str, str]:
    """Something for every command to work on."""
    job_id = leaked(office)
    key, _ = office.box.keys.create("acme", "app", ("videos:read",), None, Hand())
    endpoint, _ = office.box.webhooks.endpoints.create("acme", "https://1.1.1.1/hook")
    return {"SLOT": f"{job_id}-1", "JOB": job_id, "LANE": LANE, "KEY": key.key_id, "ENDPOINT": endpoint.id}


def leaked(office: Office) -> str:
    """A job that is over and still holds a slot: every repair finds something to do."""
    job = office.succeeded()
    office.change(
        "LANES",
        LANE,
        slots={"M": {f"{job.id}-1": {"M": {"tenant": {"S": "acme"}, "expires_ms": {"N": "1"}}}}},
        running={"M": {"acme": {"N": "1"}}},
    )
    return job.id


def secrets_of(office: Office) -> list[object]:
    """Every secret's fields."""
    given = office.given
    return [
        office.secret(arn) for arn in (given.kling_secret_arn, given.callbacks_secret_arn, *given.media_secret_arns)
    ]


@pytest.mark.parametrize("line", CHANGING)
def test_a_dry_run_changes_nothing(office: Office, line: str) -> None:
    """Neither the table, nor a secret, nor the hints: not even an audit row."""
    things = prepared(office)
    office.sqs.send_message(QueueUrl=office.given.dead_letters_url, MessageBody="spoiled")
    before = office.rows(), secrets_of(office), list(office.pipeline.hints.sent)
    assert office.run(f"{spelled(line, things)} --dry-run") == 0
    assert (office.rows(), secrets_of(office), office.pipeline.hints.sent) == before
    assert office.box.dead_letters.explain(10)


@pytest.mark.parametrize("line", CHANGING)
def test_every_command_is_audited_and_may_be_repeated(office: Office, line: str) -> None:
    """Who, what and how it ended stand in the table; the second time changes no row but the audit."""
    things = prepared(office)
    assert office.run(f"{spelled(line, things)} --as olga") == 0
    (row,) = office.audits()
    words = " ".join(spelled(line, things).split()[:2])
    assert row["who"]["S"] == "olga"
    assert words.startswith(row["command"]["S"])
    assert row["outcome"]["S"] == "done"
    once = {key: row for key, row in office.rows().items() if not key[0].startswith("AUDIT#")}
    office.clock.advance(1)
    assert office.run(spelled(line, things)) in {0, 4}
    assert {key: row for key, row in office.rows().items() if not key[0].startswith("AUDIT#")} == once
    assert len(office.audits()) == 2


def test_a_command_that_fails_says_so_in_the_audit(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """The row that was written first is completed; the exit code says what kind of failure it was."""
    assert office.run("tenant suspend nobody") == 3
    assert office.audits()[0]["outcome"]["S"] == "failed: NotFound"
    assert "no such tenant" in capsys.readouterr().err


def test_without_an_audit_row_nothing_is_done(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row comes before the act."""

    def full(_record: object) -> None:
        raise OSError("the table is full")

    monkeypatch.setattr(office.box.audit, "write", full)
    assert office.run("tenant suspend acme") == 5
    assert not office.box.desk.get("acme").suspended


def test_no_key_text_reaches_the_audit(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """The text is printed once; the table holds its SHA-256 alone."""
    assert office.run("key create acme --name ci --json") == 0
    text = json.loads(capsys.readouterr().out)["rows"][0]["text"]
    assert re.fullmatch(r"rw_[\w-]{40,}", text)
    assert text not in str(office.rows())


def test_json_and_table_tell_the_same(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """One for programs, one for people; options may stand before or behind the command."""
    office.succeeded()
    assert office.run("--json lane list") == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert office.run("lane list") == 0
    text = capsys.readouterr().out
    assert all(cell in text for cell in row.values())


def test_the_audit_can_be_read(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Newest first, with its arguments."""
    office.run(f"ledger check --month {MONTH} --as olga")
    office.clock.advance(1)
    office.run("tenant pause acme")
    capsys.readouterr()
    office.run("audit list --json")
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert sorted(row["command"] for row in rows) == ["audit list", "ledger check", "tenant pause"]
    assert f"month={MONTH}" in rows[-1]["arguments"]


def test_wrong_usage_exits_with_two(office: Office) -> None:
    """As argparse does for every mistake of form, and we for those of meaning."""
    for line in ("lane limit x y", "ledger check --month 2026-13", "tenant create a --units -1", "nonsense"):
        with pytest.raises(SystemExit) as caught:
            parser().parse_args(line.split())
        assert caught.value.code == 2
    assert office.run("tenant create BAD#ID --units 1") == 2
    assert office.run("tenant create fine --units 1 --weight 0") == 2
