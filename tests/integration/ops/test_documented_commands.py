"""What the documents tell an operator to type is what the command line takes."""

import re
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from reelwright.ops.main import parser
from tests.integration.ops.office import Office

DOCS = Path("docs")
TYPED = re.compile(r"(?:^ {4}|`)(?:\./reelwright )?ops ([a-z]+ ?[^`#\n]*)", re.MULTILINE)
TABLES = re.compile(r"^\| command \|.*\n\|[- |]+\|\n((?:\|.*\n)+)", re.MULTILINE)
FIRST_CELLS = re.compile(r"^\| ((?:\\\||[^|])+) \|", re.MULTILINE)
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


def test_tables_of_commands_tell_of_each_and_of_no_other() -> None:
    """Where a table's first column is of commands, each is one, with its options; and every command stands in one."""
    known = dict(leaves(parser()))
    told = [(page, *one) for page in sorted(DOCS.rglob("*.md")) for one in tabled(page, known)]
    assert [f"{page}: {name} {given}" for page, name, given in told if not _takes(known.get(name), given)] == []
    assert sorted(known.keys() - {name for _, name, _ in told}) == []


def test_the_page_on_lanes_can_be_followed(office: Office) -> None:
    """Its commands, one after the other, on a stage of two accounts with a job at Kling."""
    office.box.reach.given = replace(office.given, kling_accounts=("main", "second"))
    office.pipeline.submit()
    office.pipeline.dispatch()
    page = [line.replace("kling-v2-6", MODEL) for line in commands(DOCS / "operating-lanes.md")]
    codes = {line: office.run(line) for line in page if not line.startswith("secrets")}
    assert len(codes) >= 12
    assert set(codes.values()) == {0}, codes


def tabled(page: Path, known: dict[str, ArgumentParser]) -> Iterator[tuple[str, list[str]]]:
    """Each command of the page's tables, and the words behind it; one without its group is of the group before it."""
    for table in TABLES.findall(page.read_text()):
        for cell in FIRST_CELLS.findall(table):
            group = ""
            for typed in re.findall(r"`([^`]+)`", cell):
                words = re.sub(r"[\[\]]", " ", typed.replace("\\|", "|")).split()
                words = [group, *words] if f"{group} {words[0]}" in known else words
                group = words[0]
                name = group if group in known else " ".join(words[:2])
                yield name, words[len(name.split()) :]


def leaves(of: ArgumentParser, said: str = "") -> Iterator[tuple[str, ArgumentParser]]:
    """Every command and its parser."""
    groups = [action for action in of._actions if isinstance(action, _SubParsersAction)]  # noqa: SLF001 - argparse has no other way in
    if not groups:
        yield said, of
    for group in groups:
        for name, below in group.choices.items():
            yield from leaves(below, f"{said} {name}".strip())


def _takes(command: ArgumentParser | None, given: list[str]) -> bool:
    """The command is there, has the options that are written behind it, and lets one choose the words."""
    if command is None:
        return False
    options = {name for action in command._actions for name in action.option_strings}  # noqa: SLF001
    choices = [set(action.choices) for action in command._actions if action.choices and not action.option_strings]  # noqa: SLF001
    named = {word for word in given if word.startswith("--")}
    return named <= options and all(set(given[0].split("|")) == words for words in choices)


def _parses(line: str) -> bool:
    try:
        parser().parse_args(line.split())
    except SystemExit:
        return line == "trace"  # a sentence names the command and types none
    return True
