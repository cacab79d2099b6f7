"""Every alarm leads to a runbook that is there, can be drilled and was followed."""

import re
from pathlib import Path

import pytest

from infra.choices import ImpossibleChoiceError
from local.drills.drills import DRILLS
from local.drills.seen import SEEN
from local.figures.bells import Bell, bells
from local.stage import Stage
from tests.infra.synthesis import ROOT, synthesize

KINDS = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")
RUNBOOKS = "https://wiki.example/docs/runbooks/"
NOT_ON_ONE_MACHINE = {"TableThrottles"}
"""Alarms whose fault the embedded AWS cannot have."""


@pytest.fixture(scope="module")
def linked(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A dev stage whose owner says where the runbooks are read."""
    return synthesize("dev", packages, tmp_path_factory.mktemp("linked"), runbooks=RUNBOOKS)


def test_every_alarm_names_a_runbook_that_is_there(prod: Stage) -> None:
    """Whoever is woken reads on in the file that the description names."""
    for kind in KINDS:
        for alarm in prod.resources(kind).values():
            found = re.search(r"Runbook: (docs/runbooks/[\w-]+\.md)$", alarm["Properties"]["AlarmDescription"])
            assert found, alarm["Properties"]["AlarmDescription"]
            assert (ROOT / found[1]).is_file(), found[1]


def test_the_page_of_alarms_has_each_of_them(prod: Stage) -> None:
    """The table of docs/observability.md names every alarm once, and with it the runbook that its description names."""
    told = (ROOT / "docs" / "observability.md").read_text().split("| alarm | runbook |")[1].split("\n\n")[0]
    rows = [line.split("|")[1:3] for line in told.splitlines() if line.startswith("| ") and "---" not in line]
    table = {name.strip(): links for names, links in rows for name in re.sub(r"\*.*?\*", "", names).split(",")}
    alarms = bells(prod)
    assert table.keys() == alarms.keys()
    for name, bell in alarms.items():
        assert bell.properties["AlarmDescription"].rpartition("docs/")[2] in table[name]


@pytest.mark.parametrize("runbook", sorted((ROOT / "docs" / "runbooks").glob("*.md")), ids=lambda path: path.stem)
def test_every_runbook_can_be_drilled_and_was_followed(runbook: Path) -> None:
    """Its fault is one of the drills, and its last line says when it was injected and what the drill shows."""
    assert runbook.stem in {drill.runbook for drill in DRILLS}
    followed = r"\*\*Followed\*\* on \d{4}-\d\d-\d\d on the embedded deployment: (.*)\.\n\Z"
    found = re.search(followed, runbook.read_text())
    assert found
    assert found[1] == SEEN[runbook.stem]


def test_every_alarm_had_its_own_fault_injected(prod: Stage) -> None:
    """By a drill of its own runbook, or the runbook says that it was not seen."""
    alarms = bells(prod)
    drilled = {drill.alarm for drill in DRILLS if f"/{drill.runbook}.md" in _described(alarms[drill.alarm])}
    assert alarms.keys() - drilled == NOT_ON_ONE_MACHINE
    for name in NOT_ON_ONE_MACHINE:
        (runbook,) = re.findall(r"docs/runbooks/[\w-]+\.md", _described(alarms[name]))
        assert f"`{name}` was not seen" in (ROOT / runbook).read_text()


def _described(bell: Bell) -> str:
    return str(bell.properties["AlarmDescription"])


def test_runbooks_are_linked_where_the_deployer_says_where_they_are(linked: Stage) -> None:
    """The description ends with an address that can be followed."""
    told = [one["Properties"]["AlarmDescription"] for kind in KINDS for one in linked.resources(kind).values()]
    assert told
    assert all(re.search(rf"Runbook: {re.escape(RUNBOOKS)}[\w-]+\.md$", one) for one in told)


@pytest.mark.parametrize("address", ["http://wiki.example/runbooks/", "https://wiki.example/runbooks", "runbooks/"])
def test_runbooks_are_linked_by_https_or_not_at_all(address: str, packages: Path, tmp_path: Path) -> None:
    """And the address is a folder's: the file's name is put behind it."""
    with pytest.raises(Exception, match="runbooks is an https address") as raised:
        synthesize("dev", packages, tmp_path, runbooks=address)
    assert isinstance(raised.value, ImpossibleChoiceError)
