"""The threat model names the test that holds each control; a name that leads nowhere holds nothing."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "threat-model.md").read_text()


def test_every_test_that_is_named_is_there() -> None:
    """Full paths below tests/, and bare names of files that exist once."""
    named = set(re.findall(r"`(test[\w/*]*(?:\.py)?)`", PAGE))
    assert len(named) > 10
    assert [name for name in named if not _found(name)] == []


def test_every_control_names_what_holds_it() -> None:
    """No row of the table is a mere promise."""
    rows = [line for line in PAGE.splitlines() if re.match(r"\| \d", line)]
    assert len(rows) > 15
    assert [row for row in rows if "`" not in row.rsplit("|", 2)[-2] and "the same" not in row] == []


def _found(name: str) -> bool:
    if "/" in name:
        return bool(list(ROOT.glob(name)))
    return len(list((ROOT / "tests").rglob(name))) == 1
