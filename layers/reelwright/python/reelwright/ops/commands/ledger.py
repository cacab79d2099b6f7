"""`ledger check|export`."""

import csv
import io
from argparse import Namespace
from pathlib import Path
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.domain.money import plain
from reelwright.domain.times import iso, month
from reelwright.ops.exits import Exit
from reelwright.ops.parsing import Group, month_text
from reelwright.ops.report import Report
from reelwright.use_cases.ops.books import Entry
from reelwright.use_cases.ops.differences import Difference


def add(groups: Any) -> None:
    """Register the commands about the ledger: each looks at one month, of all tenants or of one."""
    group = Group(groups, "ledger", "the ledger of holds, captures and releases")
    check = group.add("check", checked, "reconcile it with itself, the jobs and Kling; exit 1 when anything differs")
    export = group.add("export", exported, "its entries as CSV, or JSON with --json")
    for parser in (check, export):
        parser.add_argument("--month", type=month_text, help="yyyy-mm in UTC (default: this month)")
        parser.add_argument("--tenant", help="one tenant alone")
    check.add_argument("--without-kling", action="store_true", help="do not ask Kling for its ledger")
    export.add_argument("--out", type=Path, help="write a CSV file instead")


def checked(box: Toolbox, args: Namespace) -> Report:
    """Each difference that the check found; exit code 1 when there are any."""
    wanted = args.month or month(box.clock.now_ms())
    found = list(box.ledger.check(wanted, args.tenant))
    asked_kling = not args.without_kling and not args.tenant
    if asked_kling:
        found += box.ledger.check_with_kling(wanted)
    with_kling = "Kling's ledger included" if asked_kling else "Kling's ledger not asked"
    notes = (f"{wanted}: {len(found)} differences; {with_kling}",)
    return Report(tuple(_difference(one) for one in found), notes, Exit.DIFFERENCES if found else Exit.DONE)


def exported(box: Toolbox, args: Namespace) -> Report:
    """Each entry of the month, as CSV, as JSON, or into a file."""
    wanted = args.month or month(box.clock.now_ms())
    rows = tuple(_entry(one) for one in box.ledger.entries(wanted, args.tenant))
    if args.out is not None and not args.dry_run:
        args.out.write_text(_csv(rows), encoding="utf-8")
        return Report(notes=(f"{len(rows)} entries of {wanted} written to {args.out}",))
    return Report(rows) if args.json else Report(notes=(_csv(rows).rstrip("\n"),))


HEADS = ("tenant", "month", "job", "operation", "units", "released", "estimated", "at")


def _entry(one: Entry) -> dict[str, str]:
    estimated = plain(one.estimated) if one.estimated is not None else ""
    amounts = (plain(one.units), plain(one.released), estimated)
    return dict(zip(HEADS, (one.tenant, one.month, one.job, one.operation, *amounts, iso(one.at_ms)), strict=True))


def _csv(rows: tuple[dict[str, str], ...]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _difference(one: Difference) -> dict[str, str]:
    return {
        "difference": one.kind,
        "tenant": one.tenant or "-",
        "about": one.subject,
        "expected": one.expected,
        "found": one.found,
    }
