"""What the audit keeps, what is printed, and how mistakes end."""

import json
import re

import pytest

from reelwright.ops.main import parser
from tests.integration.ops.office import MONTH, Office


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
