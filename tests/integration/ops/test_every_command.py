"""What holds for every command: each leaf of the parser stands in one of the two lists."""

from pathlib import Path
from typing import Any

import pytest

from reelwright.ops.main import parser
from tests.integration.ops.lines import CHANGING, DAYS_SECONDS, READING, WEBHOOK_SECRETS, forgotten, leaves
from tests.integration.ops.office import Office
from tests.integration.ops.things import NUDGES, prepared, spelled, state


@pytest.fixture(autouse=True)
def fresh_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `secrets rotate` asks for."""
    monkeypatch.setenv("NEW_KLING_ACCESS_KEY", "AK9")
    monkeypatch.setenv("NEW_KLING_SECRET_KEY", "SK9")
    monkeypatch.setenv("NEW_KLING_WEBHOOK_SECRET", WEBHOOK_SECRETS[0])


def brought(office: Office, monkeypatch: pytest.MonkeyPatch, line: str) -> str:
    """The line in real names, on a stage where it has something to do; some days after what came before."""
    before = CHANGING.get(line, ())
    things = prepared(office, line, *before)
    for first, secret in zip(before, WEBHOOK_SECRETS, strict=False):
        monkeypatch.setenv("NEW_KLING_WEBHOOK_SECRET", secret)
        assert office.run(spelled(first, things)) == 0
        office.clock.advance(DAYS_SECONDS)
    return spelled(line, things)


def test_no_command_is_forgotten() -> None:
    """Every leaf of the parser, with each word that it may be given to choose from, is tried below."""
    assert forgotten() == []
    assert len(set(leaves(parser()))) > 40


@pytest.mark.parametrize("line", CHANGING)
def test_a_dry_run_changes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """Neither the table, nor a secret, nor media, queues or hints: not even an audit row."""
    real = brought(office, monkeypatch, line)
    before, audits = state(office), office.audits()
    assert office.run(f"{real} --dry-run") == 0
    assert state(office) == before
    assert office.audits() == audits


@pytest.mark.parametrize("line", CHANGING)
def test_it_is_audited_and_may_be_repeated(office: Office, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """Who, what and how it ended stand in the table; the second time changes nothing but the audit."""
    real = brought(office, monkeypatch, line)
    before = state(office)
    row = audited(office, f"{real} --as olga")
    assert row["who"]["S"] == "olga"
    assert row["outcome"]["S"] == "done"
    once = state(office)
    assert once != before, "it had something to do"
    office.clock.advance(1)
    assert audited(office, real, 0, 4)
    assert lasting(state(office)) == lasting(once)


@pytest.mark.parametrize("line", READING)
def test_reading_changes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """And is audited all the same."""
    real = brought(office, monkeypatch, line)
    before = state(office)
    assert audited(office, real)["outcome"]["S"] == "done"
    assert state(office) == before


def test_a_dry_export_writes_no_file(office: Office, tmp_path: Path) -> None:
    """A real one does, and the same again."""
    office.succeeded()
    path = tmp_path / "ledger.csv"
    assert office.run(f"ledger export --out {path} --dry-run") == 0
    assert not path.exists()
    assert audited(office, f"ledger export --out {path}")
    once = path.read_text()
    assert "capture" in once
    assert office.run(f"ledger export --out {path}") == 0
    assert path.read_text() == once


def test_a_file_is_written_for_programs_too(office: Office, tmp_path: Path) -> None:
    """Whoever wants to be told as JSON gets the file that they asked for."""
    office.succeeded()
    path = tmp_path / "ledger.csv"
    assert office.run(f"ledger export --out {path} --json") == 0
    assert "capture" in path.read_text()


def audited(office: Office, line: str, *codes: int) -> dict[str, Any]:
    """Run the line, which must end by one of the codes (0); the one row that it left in the audit."""
    before = [row["sk"] for row in office.audits()]
    assert office.run(line) in (codes or (0,))
    (row,) = [row for row in office.audits() if row["sk"] not in before]
    command = row["command"]["S"]
    assert f"{line} ".startswith((f"{command} ", f"{command.removeprefix('job ')} "))
    made: dict[str, Any] = row
    return made


def lasting(seen: dict[str, Any]) -> dict[str, Any]:
    """What may not change by a repeated command: hints may be sent again."""
    return {name: part for name, part in seen.items() if name != NUDGES}
