"""`job trace|reconcile|requeue|replay-callback`."""

from argparse import Namespace
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.domain.money import plain
from reelwright.domain.times import iso
from reelwright.ops.parsing import Group, common, hand
from reelwright.ops.report import Report, changes
from reelwright.use_cases.ops.trace import Trace


def add(groups: Any) -> None:
    """Register the commands about one job, and `trace` without its group too."""
    group = Group(groups, "job", "one job")
    for name, run, what in (
        ("trace", traced, "its whole life on one screen"),
        ("reconcile", reconciled, "ask Kling for the truth and bring the job back onto its way"),
        ("requeue", requeued, "hint again for a job that waits"),
        ("replay-callback", replayed, "do what a callback of Kling's does: the workflow asks Kling at once"),
    ):
        group.add(name, run, what).add_argument("id", help="the job's id")
    alone = common(groups.add_parser("trace", help="the same as `job trace`"))
    alone.add_argument("id", help="the job's id")
    alone.set_defaults(run=traced, command="job trace")


def traced(box: Toolbox, args: Namespace) -> Report:
    """The life of a job."""
    seen = box.trace.trace(args.id)
    rows = tuple({"at": iso(event.at_ms), "event": event.what} for event in seen.story)
    events = tuple(f"  {iso(event.at_ms)}  {event.what}" for one in seen.executions[-1:] for event in one.events)
    return Report(rows, (*_summary(seen), *(("latest execution:", *events) if events else ())))


def reconciled(box: Toolbox, args: Namespace) -> Report:
    """Ask Kling how the job stands and bring it back onto its way; says what Kling told and what was changed."""
    result = box.repair.reconcile(args.id, hand(args))
    return changes(result.changes, dry=args.dry_run, notes=(f"was {result.job.status}; Kling: {result.truth}",))


def requeued(box: Toolbox, args: Namespace) -> Report:
    """Send the hint for a waiting job again."""
    return changes(box.repair.requeue(args.id, hand(args)), dry=args.dry_run)


def replayed(box: Toolbox, args: Namespace) -> Report:
    """Wake the job's workflow as a callback of Kling would."""
    return changes([box.repair.replay_callback(args.id, hand(args))], dry=args.dry_run)


def _summary(seen: Trace) -> tuple[str, ...]:
    job, hold = seen.job, seen.hold
    error = f"error       {job.error.code}: {job.error.message}" if job.error else ""
    lease = f"lease       until {iso(job.lease.expires_ms)}" if job.lease else ""
    due = f"due         {iso(job.due_ms)}" if job.due_ms else ""
    captured = plain(job.captured) if job.captured is not None else "-"
    lines = (
        f"job         {job.id} of {job.tenant}: {job.status}, version {job.version}",
        f"money       estimated {plain(job.estimated)}, held {plain(job.held)}, captured {captured}",
        f"hold        {f'{hold.state}, {plain(hold.units)} units' if hold else 'none'}",
        f"slots       {', '.join(seen.slots) or 'none'}",
        f"executions  {', '.join(f'{one.name} {one.status}' for one in seen.executions) or 'none'}",
        f"queue       {seen.waiting}",
        *(line for line in (lease, due, error) if line),
    )
    return ("", *lines)
