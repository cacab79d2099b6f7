"""`lane list|show|limit|rate|pause|resume|reset`."""

from argparse import Namespace
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.domain.errors import NotFound
from reelwright.domain.lane import Lane
from reelwright.domain.times import iso
from reelwright.ops.parsing import Group, hand, number_or_default
from reelwright.ops.report import Report, changes


def add(groups: Any) -> None:
    """Register the commands about lanes."""
    group = Group(groups, "lane", "lanes: one Kling account x model x pack each")
    group.add("list", listed, "every lane that was used")
    for name, run, what in (
        ("show", shown, "all about one lane"),
        ("pause", paused, "claim no more jobs; what is at Kling goes on"),
        ("resume", resumed, "serve the lane again, whatever paused it"),
        ("reset", forgotten, "close the breaker, forget the learnt limit and pace, try at once"),
    ):
        group.add(name, run, what).add_argument("lane")
    for name, run, what in (
        ("limit", limited, "how many tasks may be unfinished at once"),
        ("rate", rated, "how many creates a minute; 0 for no limit of our own"),
    ):
        parser = group.add(name, run, what)
        parser.add_argument("lane")
        parser.add_argument("number", type=number_or_default, help="a number, or `default` for the stage's")


def listed(box: Toolbox, args: Namespace) -> Report:  # noqa: ARG001 - every command's signature
    """Every lane."""
    return Report(tuple(_row(box, lane) for lane in box.reach.lanes.all()))


def shown(box: Toolbox, args: Namespace) -> Report:
    """All about one lane. Raises NotFound for one that was never used."""
    lane = box.manage_lanes.find(args.lane)
    if lane is None:
        raise NotFound("The lane was never used: it has the stage's defaults and no slots in use.")
    heads = box.reach.jobs.waiting_after(lane.id, "")
    facts = _row(box, lane) | {
        "requests a minute": str(lane.requests_per_minute or "no limit of ours"),
        "turn": lane.turn or "-",
        "slots held": ", ".join(f"{name} ({slot.tenant})" for name, slot in lane.slots.items()) or "-",
        "head of the queue": f"{heads[0].job_id} ({heads[0].tenant})" if heads else "nothing waits here",
    }
    return Report(tuple({"fact": name, "value": value} for name, value in facts.items()))


def limited(box: Toolbox, args: Namespace) -> Report:
    """Set how many tasks may be unfinished at once."""
    return changes([box.manage_lanes.limit(args.lane, args.number, hand(args))], dry=args.dry_run)


def rated(box: Toolbox, args: Namespace) -> Report:
    """Set how many creates a minute the lane may make."""
    return changes([box.manage_lanes.rate(args.lane, args.number, hand(args))], dry=args.dry_run)


def paused(box: Toolbox, args: Namespace) -> Report:
    """Let the lane claim no more jobs."""
    return changes([box.manage_lanes.pause(args.lane, hand(args))], dry=args.dry_run)


def resumed(box: Toolbox, args: Namespace) -> Report:
    """Serve the lane again, whoever paused it."""
    return changes([box.manage_lanes.resume(args.lane, hand(args))], dry=args.dry_run)


def forgotten(box: Toolbox, args: Namespace) -> Report:
    """Forget what the lane learnt from refusals."""
    return changes([box.manage_lanes.reset(args.lane, hand(args))], dry=args.dry_run)


def _row(box: Toolbox, lane: Lane) -> dict[str, str]:
    now, learnt = box.clock.now_ms(), lane.lessons
    opens = lane.opens_ms(now)
    return {
        "lane": lane.id,
        "in use": f"{len(lane.slots)}/{lane.capacity(now)}",
        "limit": str(lane.limit),
        "learnt limit": "-" if learnt.working is None else str(learnt.working),
        "pace": f"{lane.interval_ms} ms" if lane.interval_ms else "-",
        "opens": iso(opens) if opens > now else "now",
        "paused by": box.reach.lane_desk.paused_by(lane.id) or "-",
        "breaker": f"open: {learnt.code}, {learnt.failures} in a row" if learnt.failures else "closed",
    }
