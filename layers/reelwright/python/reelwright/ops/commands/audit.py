"""`audit list`."""

from argparse import Namespace
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.domain.times import iso
from reelwright.ops.parsing import Group
from reelwright.ops.report import Report


def add(groups: Any) -> None:
    """Register `audit list`; `--limit` says how many commands it shows."""
    parser = Group(groups, "audit", "what operators did").add("list", listed, "the latest commands, newest first")
    parser.add_argument("--limit", type=int, default=20)


def listed(box: Toolbox, args: Namespace) -> Report:
    """The latest commands."""
    rows = tuple(
        {
            "at": iso(one.at_ms),
            "who": one.who,
            "command": one.command,
            "arguments": " ".join(f"{name}={value}" for name, value in one.arguments.items()) or "-",
            "outcome": one.outcome,
        }
        for one in box.audit.recent(args.limit)
    )
    return Report(rows)
