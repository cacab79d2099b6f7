"""`costs`: what is left of Kling's packs."""

from argparse import Namespace
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.domain.money import plain
from reelwright.domain.times import iso
from reelwright.ops.parsing import common
from reelwright.ops.report import Report

DAY_MS = 86_400_000


def add(groups: Any) -> None:
    """Register `costs`, a command of its own without a group."""
    what = "what is left of Kling's packs, by account (lags by up to twelve hours)"
    parser = common(groups.add_parser("costs", help=what, description=what))
    parser.add_argument("--days", type=int, default=90, help="packs valid within so many days (default: 90)")
    parser.set_defaults(run=shown, command="costs")


def shown(box: Toolbox, args: Namespace) -> Report:
    """Every pack of every account."""
    now = box.clock.now_ms()
    rows = tuple(
        {
            "account": account,
            "pack": pack.name,
            "kind": pack.kind,
            "total": plain(pack.total),
            "left": plain(pack.left),
            "status": pack.status,
            "until": iso(pack.invalid_ms) if pack.invalid_ms else "-",
        }
        for account, billing in box.reach.billing.items()
        for pack in billing.packs(now - args.days * DAY_MS, now)
    )
    return Report(rows)
