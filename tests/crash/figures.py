"""What the crash tests tried, printed at the end of a run, so that documents can quote it."""

from collections.abc import Iterator
from typing import Any


def told(reports: list[Any]) -> Iterator[str]:
    """The lines to print, from the properties that the tests recorded."""
    properties = [pair for report in reports for pair in report.user_properties]
    counted = [value for name, value in properties if name == "crash"]
    if counted:
        _, *columns = zip(*counted, strict=True)
        points, singles, pairs, in_all, broken = (sum(column) for column in columns)
        whole = [name for name, _, _, tried, found, _ in counted if tried == found]
        yield f"scenarios {len(counted)}, crash points {points}"
        yield f"schedules tried {singles + pairs}: {singles} with one fault, {pairs} of {in_all} pairs of crashes"
        yield f"all pairs in: {', '.join(sorted(whole))}"
        yield f"schedules that violate an invariant: {broken}"
    if paired := [value for name, value in properties if name == "pairs"]:
        tried, broken = (sum(column) for column in zip(*paired, strict=True))
        yield f"all pairs of kills of {len(paired)} stories in memory: {tried} schedules, {broken} broke something"
    for name, value in properties:
        if name == "crash_sites":
            found, sites, missing = value
            yield f"effect sites reached: {found} of {sites} ({found / sites:.1%}); not: {', '.join(missing)}"
        if name == "crash_naive":
            yield f"naive pipeline: {value[1]} of {value[0]} schedules violate an invariant ({value[1] / value[0]:.0%})"
