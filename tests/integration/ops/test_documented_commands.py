"""What the documents tell an operator to type is what the command line takes."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from reelwright.ops.main import parser
from tests.integration.ops.office import Office

DOCS = Path("docs")
TYPED = re.compile(r"(?:^ {4}|`)(?:\./reelwright )?ops ([a-z]+ ?[^`#\n]*)", re.MULTILINE)
MODEL = "kling-v2-5-turbo"
PLACEHOLDERS = {
    "<lane>": f"main.{MODEL}.video",
    "<job>": "job_1",
    "<t>": "acme",
    "<key>": "k1",
    "<n>": "5",
    "<units>": "5",
    "yyyy-mm": "2026-09",
}


def commands(page: Path) -> Iterator[str]:
    """The commands of a page, with something in the place of each placeholder and without what is optional."""
    for typed in TYPED.findall(page.read_text()):
        line = re.sub(r"\[[^\]]*\]?", "", typed).strip()
        for placeholder, value in PLACEHOLDERS.items():
            line = line.replace(placeholder, value)
        yield line


def test_every_documented_command_parses() -> None:
    """No page tells of a command, or a word of it, that does not exist."""
    found = [(page, line) for page in sorted(DOCS.rglob("*.md")) for line in commands(page)]
    assert len(found) > 50
    wrong = [f"{page}: ops {line}" for page, line in found if not _parses(line)]
    assert wrong == []


def test_the_page_on_lanes_can_be_followed(office: Office) -> None:
    """Its commands, one after the other, on a stage of two accounts with a job at Kling."""
    office.box.given = replace(office.given, kling_accounts=("main", "second"))
    office.pipeline.submit()
    office.pipeline.dispatch()
    page = [line.replace("kling-v2-6", MODEL) for line in commands(DOCS / "operating-lanes.md")]
    codes = {line: office.run(line) for line in page if not line.startswith("secrets")}
    assert len(codes) >= 12
    assert set(codes.values()) == {0}, codes


def _parses(line: str) -> bool:
    try:
        parser().parse_args(line.split())
    except SystemExit:
        return line == "trace"  # a sentence names the command and types none
    return True
