"""`pause all` and `resume all`."""

from argparse import Namespace
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.ops.parsing import Group, hand
from reelwright.ops.report import Report, changes


def add(groups: Any) -> None:
    """Register `pause all` and `resume all`: two groups of one command each."""
    Group(groups, "pause", "stop sending anything to Kling").add("all", paused, "pause every lane that can be")
    Group(groups, "resume", "undo `pause`").add("all", resumed, "resume what `pause all` paused")


def paused(box: Toolbox, args: Namespace) -> Report:
    """Pause every lane."""
    return changes(box.manage_lanes.pause_all(hand(args)), dry=args.dry_run)


def resumed(box: Toolbox, args: Namespace) -> Report:
    """Resume the lanes that `pause all` paused."""
    return changes(box.manage_lanes.resume_all(hand(args)), dry=args.dry_run)
