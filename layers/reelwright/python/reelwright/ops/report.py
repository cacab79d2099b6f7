"""What a command says: a short table, or JSON."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reelwright.use_cases.ops.changes import Change

Row = Mapping[str, str]
NUDGED = "A nudge changes nothing in the table: it may be repeated, and the job's history has no line of it."


@dataclass(frozen=True, slots=True)
class Report:
    """Rows of one shape, notes below them, and the exit code."""

    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    code: int = 0
    details: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> str:
        """The report for programs."""
        return json.dumps({"rows": list(map(dict, self.rows)), "notes": list(self.notes), **self.details}, indent=2)

    def as_text(self) -> str:
        """The report for people."""
        return "\n".join([*_table(self.rows), *self.notes]) or "nothing"


def changes(made: Iterable[Change], *, dry: bool, notes: tuple[str, ...] = ()) -> Report:
    """A report of changes, made or only named."""
    made = tuple(made)
    rows = tuple(
        {
            "subject": one.subject,
            "what": one.what,
            "before": one.before,
            "after": one.after,
            "done": _state(one, dry=dry),
        }
        for one in made
    )
    return Report(rows, (*notes, NUDGED) if any(one.nudge and one.needed for one in made) else notes)


def _state(change: Change, *, dry: bool) -> str:
    if not change.needed:
        return "already so"
    return "would be" if dry else "yes"


def _table(rows: tuple[Row, ...]) -> list[str]:
    if not rows:
        return []
    heads = list(rows[0])
    widths = [max(len(head), *(len(row[head]) for row in rows)) for head in heads]
    lines = [heads, *([row[head] for head in heads] for row in rows)]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
