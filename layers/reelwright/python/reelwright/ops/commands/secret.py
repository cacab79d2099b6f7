"""`secrets rotate|retire kling|callbacks|webhooks|endpoints|media`."""

import getpass
import os
from argparse import Namespace
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.domain.errors import MalformedRequest
from reelwright.ops.parsing import Group, hand
from reelwright.ops.report import Report, changes

HOUR_MS = 3_600_000
LONGEST_HOURS = 48
KLING_NOTE = "Functions use it within five minutes; delete the old pair in Kling's console after that."

SIGNING_NOTE = "Give Kling the new secret in five minutes, when every function knows it; then retire the one before."
MASTER_NOTE = (
    "In five minutes `webhook rotate` each endpoint: its next secret follows from it. Then `secrets retire endpoints`."
)
MEDIA_NOTE = "Links are signed by it within five minutes; when those signed before are over, `secrets retire media`."
UNTRUST_NOTE = "Deploy with the newest generation alone (-c signing_keys=2), so that CloudFront trusts no other."


def add(groups: Any) -> None:
    """Register the commands that renew secrets; their first argument is the kind of secret."""
    group = Group(groups, "secrets", "renew secrets while everything runs")
    parser = group.add("rotate", rotated, "put a new secret in place; the one before holds on")
    parser.add_argument("which", choices=("kling", "callbacks", "webhooks", "endpoints", "media"))
    parser.add_argument("--account", default="main", help="kling: which account (default: main)")
    parser = group.add("retire", retired, "stop accepting what a rotation replaced")
    parser.add_argument("which", choices=("callbacks", "webhooks", "endpoints", "media"))
    parser.add_argument(
        "--hours", type=int, default=LONGEST_HOURS, help="callbacks: only when the switch is so long ago"
    )


def rotated(box: Toolbox, args: Namespace) -> Report:
    """Put a new secret of the kind asked for in place."""
    if args.which == "kling":
        return _kling(box, args)
    if args.which == "endpoints":
        return changes([box.rotations.masters.rotate(hand(args))], dry=args.dry_run, notes=(MASTER_NOTE,))
    if args.which == "media":
        return changes([box.rotations.media.rotate(hand(args))], dry=args.dry_run, notes=(MEDIA_NOTE,))
    if args.which == "webhooks":
        change = box.rotations.callbacks.add_signing(asked("NEW_KLING_WEBHOOK_SECRET"), hand(args))
        return changes([change], dry=args.dry_run, notes=(SIGNING_NOTE,))
    return changes([box.rotations.callbacks.rotate(hand(args))], dry=args.dry_run)


def retired(box: Toolbox, args: Namespace) -> Report:
    """Stop accepting the secrets that came before the newest."""
    if args.which == "endpoints":
        return changes([box.rotations.masters.retire(hand(args))], dry=args.dry_run)
    if args.which == "media":
        return changes(box.rotations.media.retire(hand(args)), dry=args.dry_run, notes=(UNTRUST_NOTE,))
    if args.which == "webhooks":
        return changes([box.rotations.callbacks.keep_newest_signing(hand(args))], dry=args.dry_run)
    older = args.hours * HOUR_MS
    return changes([box.rotations.callbacks.retire(hand(args), older_than_ms=older)], dry=args.dry_run)


def asked(name: str) -> str:
    """A secret from the environment, else asked at the terminal: never an argument, for those are seen and kept."""
    if value := os.environ.get(name):
        return value
    try:
        return getpass.getpass(f"{name}: ")
    except (EOFError, OSError):
        raise MalformedRequest(f"Set {name} or run this at a terminal.") from None


def _kling(box: Toolbox, args: Namespace) -> Report:
    if args.account not in box.reach.given.kling_accounts:
        raise MalformedRequest(f"Accounts of this stage: {', '.join(box.reach.given.kling_accounts)}.")
    access, secret = asked("NEW_KLING_ACCESS_KEY"), asked("NEW_KLING_SECRET_KEY")
    change = box.rotations.kling.rotate(args.account, access, secret, hand(args))
    return changes([change], dry=args.dry_run, notes=(KLING_NOTE,))
