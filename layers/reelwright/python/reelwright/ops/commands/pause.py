"""`pause all` and `resume all`."""

from argparse import Namespace
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.ops.parsing import Group, hand
from reelwright.ops.report import Report, changes


def add(groups: Any) -> None:
    """Put `pause all` and `resume all`, one command a group under the groups of the parser."""
    Group(groups, "pause", "stop sending anything to Kling").add("all", paused, "pause every lane that can be")
    Group(groups, "resume", "undo `pause`").add("all", resumed, "resume what `pause all` paused")


def paused(box: Toolbox, args: Namespace) -> Report:
    """Pause everything."""
    return changes(box.manage_lanes.pause_all(hand(args)), dry=args.dry_run)


def resumed(box: Toolbox, args: Namespace) -> Report:
    """Resume what was paused so."""
    return changes(box.manage_lanes.resume_all(hand(args)), dry=args.dry_run)
