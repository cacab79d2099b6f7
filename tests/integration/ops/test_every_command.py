"""What holds for every command: each leaf of the parser stands in one of the two lists."""

from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reelwright.ops.main import parser
from tests.integration.ops.office import Office
from tests.integration.ops.things import NUDGES, prepared, spelled, state

CHANGING: dict[str, tuple[str, ...]] = {
    "lane limit LANE 7": (),
    "lane limit main.kling-v3.video 3": (),
    "lane rate LANE 30": (),
    "lane pause LANE": (),
    "lane resume LANE": ("job requeue QUEUED", "lane pause LANE"),
    "lane reset LANE": (),
    "pause all": (),
    "resume all": ("job requeue QUEUED", "pause all"),
    "tenant create zoe --units 50": (),
    "tenant budget acme 7.25": (),
    "tenant caps acme --at-once 3 --weight 2": (),
    "tenant suspend acme": (),
    "tenant resume acme": ("tenant suspend acme",),
    "tenant pause acme": (),
    "tenant unpause acme": ("job requeue QUEUED", "tenant pause acme"),
    "tenant erase acme": ("tenant suspend acme",),
    "key create acme --name ci --days 30": (),
    "key rotate acme KEY": (),
    "key revoke acme KEY": (),
    "webhook rotate acme ENDPOINT": (),
    "webhook test acme ENDPOINT": (),
    "webhook replay acme ENDPOINT": (),
    "webhook disable acme ENDPOINT": (),
    "webhook enable acme ENDPOINT": ("webhook disable acme ENDPOINT",),
    "secrets rotate kling": (),
    "secrets rotate callbacks": (),
    "secrets rotate webhooks": (),
    "secrets rotate media": (),
    "secrets rotate endpoints": (),
    "secrets retire callbacks": ("secrets rotate callbacks", "secrets rotate callbacks"),
    "secrets retire webhooks": ("secrets rotate webhooks", "secrets rotate webhooks"),
    "secrets retire media": ("secrets rotate media",),
    "secrets retire endpoints": ("secrets rotate endpoints", "webhook rotate acme ENDPOINT"),
    "job reconcile JOB": (),
    "job reconcile QUEUED": (),
    "job requeue QUEUED": (),
    "job replay-callback AT_KLING": (),
    "slot release LANE SLOT": (),
    "deadletters redrive": (),
    "deadletters drop": (),
}
"""Commands that change something, each with those that bring the stage where they do."""

READING = (
    *("lane list", "lane show LANE", "slot list", "tenant list", "tenant show acme", "key list acme"),
    *("webhook list acme", "webhook log acme ENDPOINT", "job trace JOB", "trace JOB"),
    *("deadletters list", "deadletters explain", "ledger check --without-kling", "ledger export"),
    *("costs", "audit list"),
)
"""Commands that change nothing but the audit."""

DAYS_SECONDS = 3 * 86_400
"""Enough for every key to be known everywhere and every link to be over."""


WEBHOOK_SECRETS = ("whsec_" + "QUJD" * 8, "whsec_" + "REVG" * 8)


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
    lines = [*CHANGING, *READING]
    assert [leaf for leaf in leaves(parser()) if not any(f"{line} ".startswith(f"{leaf} ") for line in lines)] == []
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


def leaves(of: ArgumentParser, said: str = "") -> Iterator[str]:
    """All commands of a parser; one that wants a word out of some is as many."""
    groups = [action for action in of._actions if isinstance(action, _SubParsersAction)]  # noqa: SLF001 - argparse has no other way in
    choices = [action.choices for action in of._actions if action.choices and not action.option_strings]  # noqa: SLF001
    if groups:
        for name, below in groups[0].choices.items():
            yield from leaves(below, f"{said} {name}")
    else:
        yield from (f"{said} {word}".strip() for word in (choices[0] if choices else ("",)))
