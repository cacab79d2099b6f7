"""`deadletters list|explain|redrive|drop`."""

from argparse import Namespace
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.domain.times import iso
from reelwright.ops.parsing import Group, hand
from reelwright.ops.report import Report, changes
from reelwright.use_cases.ops.letters import Explanation

FEW, MANY = 20, 500


def add(groups: Any) -> None:
    """Register the commands about dead letters; those that move letters take the letters' ids."""
    group = Group(groups, "deadletters", "messages that could not be handled")
    for name, run, what in (
        ("list", listed, "what lies in the dead-letter queues"),
        ("explain", explained, "what each letter wanted, what its job says now, what to do"),
    ):
        group.add(name, run, what).add_argument("--limit", type=int, default=FEW, help="letters of each queue")
    for name, run, what in (
        ("redrive", redriven, "send letters back to work; without ids all that are worth it"),
        ("drop", dropped, "take letters away; without ids all that are of no use"),
    ):
        parser = group.add(name, run, what)
        parser.add_argument("ids", nargs="*", help="message ids")
        parser.add_argument("--limit", type=int, default=MANY, help="letters of each queue to look at")


def listed(box: Toolbox, args: Namespace) -> Report:
    """The letters in the dead-letter queues."""
    return Report(tuple(_row(one) for one in box.dead_letters.explain(args.limit)))


def explained(box: Toolbox, args: Namespace) -> Report:
    """The letters with what their jobs say now, and advice."""
    found = box.dead_letters.explain(args.limit)
    return Report(tuple(_row(one) | {"job": one.job or "-", "now": one.now, "advice": one.advice} for one in found))


def redriven(box: Toolbox, args: Namespace) -> Report:
    """Send letters to the queues that they came from."""
    return changes(box.dead_letters.redrive(args.ids, args.limit, hand(args)), dry=args.dry_run)


def dropped(box: Toolbox, args: Namespace) -> Report:
    """Delete letters."""
    return changes(box.dead_letters.drop(args.ids, args.limit, hand(args)), dry=args.dry_run)


def _row(one: Explanation) -> dict[str, str]:
    letter = one.letter
    sent = iso(letter.sent_ms) if letter.sent_ms else "-"
    return {"id": letter.id, "queue": letter.queue, "sent": sent, "tries": str(letter.received), "wanted": one.wanted}
