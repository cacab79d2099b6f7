"""`slot list|release`."""

from argparse import Namespace
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.domain.times import iso
from reelwright.ops.parsing import Group, hand
from reelwright.ops.report import Report, changes


def add(groups: Any) -> None:
    """Register the commands about slots."""
    group = Group(groups, "slot", "leased slots of lanes")
    group.add("list", listed, "every leased slot, and whether its job is at Kling").add_argument("--lane", default="")
    parser = group.add("release", released, "free a slot whose job is over")
    parser.add_argument("lane")
    parser.add_argument("external_id", help="the attempt that holds it: <job>-<n>")
    parser.add_argument("--force", action="store_true", help="even while the job may be at Kling")


def listed(box: Toolbox, args: Namespace) -> Report:
    """Every leased slot, of all lanes or of one."""
    rows = tuple(
        {
            "lane": lane.id,
            "slot": name,
            "tenant": slot.tenant,
            "until": iso(slot.expires_ms),
            "job": "at Kling" if box.manage_lanes.lives(name) else "over: leaked",
        }
        for lane in box.reach.lanes.all()
        if args.lane in {"", lane.id}
        for name, slot in lane.slots.items()
    )
    return Report(rows)


def released(box: Toolbox, args: Namespace) -> Report:
    """Free one slot, by force even while its job may be at Kling."""
    change = box.manage_lanes.release(args.lane, args.external_id, hand(args), force=args.force)
    return changes([change], dry=args.dry_run)
