"""Each saved query finds what it asks for in lines that functions really print, and shows fields that are there."""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import pytest

from infra.questions import QUESTIONS, Question
from tests.crash.functions import Handler, handler
from tests.crash.rig import Rig
from tests.crash.world import World
from tests.infra.observability import stories
from tests.infra.observability.faults import MANY, STORIES
from tests.infra.observability.stories import Story, clip, every, tell
from tests.infra.observability.telling import tell_of

pytestmark = pytest.mark.xdist_group("stories of questions")

Lines = list[tuple[str, Mapping[str, Any]]]
"""What was printed, each line with the function that printed it."""

OF_THE_GROUP: Final = {"@timestamp", "@log", "@message"}
OF_A_JOB: Final = 'job_id = "job_PUT_THE_ID_HERE"'


def _script(world: World) -> None:
    """Kling refuses a create, answers one too late, loses all results; somebody tampers with slots and books."""
    add = world.kling.control.add_fault
    add("error_code", {"method": "POST"}, code=1303)
    add("accept_then_timeout", {"method": "POST"})
    add("result_expired", times=None)
    every(2, 4, clip)(world)
    for story in ("orphans", "tampered"):
        STORIES[story].script(world)


@pytest.fixture(scope="module")
def printed(seams: Rig) -> Lines:
    """A story of everything that is asked about, and one of telling without a stream, where announce repairs."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stories, "handler", _named)
        told = tell(seams, Story(_script, 50, MANY | {"DELIVERY_DEADLINE_SECONDS": "240"}))
    return [*_attributed(told.lines), *(("announce", line) for _, line in _attributed(tell_of("torn").lines))]


def _named(function: str) -> Handler:
    """The handler, which says first whose lines follow."""

    def named(event: dict[str, Any], context: Any) -> Any:
        sys.stdout.write(f"by {function}\n")
        return handler(function)(event, context)

    return named


def _attributed(lines: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    function = ""
    for line in lines:
        if line.startswith("by "):
            function = line.removeprefix("by ")
        else:
            yield function, json.loads(line)


def _filter(question: Question, job_id: str) -> Callable[[Mapping[str, Any]], bool]:
    """The query's own condition; each form that is used, and no other."""
    (told,) = [one.removeprefix("filter ") for one in question.clauses if one.startswith("filter ")]
    if told == OF_A_JOB:
        return lambda line: line.get("job_id") == job_id
    if there := re.findall(r"ispresent\((\w+)\.0\)", told):
        return lambda line: any(isinstance(line.get(name), list) for name in there)
    if among := re.fullmatch(r"(\w+) in (\[.*\])", told):
        return lambda line: line.get(among[1]) in json.loads(among[2])
    ((name, value),) = re.findall(r'^(\w+) = "([^"]+)"$', told)
    return lambda line: line.get(name) == value


def _fields(question: Question) -> set[str]:
    """What the query shows or counts by."""
    shown = [re.sub(r"^(display|stats .*? by) ", "", one) for one in question.clauses if re.match("display|stats", one)]
    measured = {name for one in question.clauses for name in re.findall(r"pct\((\w+)\.0", one)}
    named = {name.strip() for one in shown for name in one.split(",") if "(" not in name}
    return (named | measured) - OF_THE_GROUP


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.words)
def test_a_question_finds_its_lines(question: Question, printed: Lines) -> None:
    """In the logs of just the functions that it asks; and whatever it shows stands in one of them."""
    job_id = next(str(line["job_id"]) for _, line in printed if "Admitted" in line)
    fits = _filter(question, job_id)
    found = [(function, line) for function, line in printed if fits(line)]
    assert found
    if question.asked:
        assert {function for function, _ in found} <= set(question.asked)
    assert _fields(question) <= {name for _, line in found for name in line}


def test_repairs_are_found_whoever_made_them(printed: Lines) -> None:
    """Those of the sweep, and announce's of events that the stream left."""
    (question,) = [one for one in QUESTIONS if one.words == "What was repaired"]
    fits = _filter(question, "")
    assert {(function, line["kind"]) for function, line in printed if fits(line)} >= {
        ("sweep", "Slot"),
        ("announce", "Event"),
    }
