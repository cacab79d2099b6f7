"""`webhook list|log|rotate|test|replay|enable|disable`."""

from argparse import ArgumentParser, Namespace
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.domain.times import iso
from reelwright.ops.parsing import Group, hand, hours
from reelwright.ops.report import Report, changes

FEW = 20


def add(groups: Any) -> None:
    """Register the commands about tenants' webhook endpoints."""
    group = Group(groups, "webhook", "tenants' webhook endpoints and what is delivered to them")
    group.add("list", listed, "a tenant's endpoints; never their addresses").add_argument("tenant")
    parser = _named(group.add("log", logged, "its latest deliveries"))
    parser.add_argument("--limit", type=int, default=FEW)
    parser = _named(group.add("rotate", rotated, "a new signing secret; the one before signs on for the overlap"))
    parser.add_argument("--hours", type=hours, help="of overlap (default: the stage's)")
    _named(group.add("test", tested, "send a webhook.test"))
    parser = _named(group.add("replay", replayed, "send deliveries again; without ids all that were lost"))
    parser.add_argument("ids", nargs="*", help="deliveries, as `webhook log` names them")
    for name, status, what in (
        ("enable", "enabled", "try deliveries again, past failures forgotten"),
        ("disable", "disabled", "try no deliveries; those on their way are given up"),
    ):
        _named(group.add(name, switched, what)).set_defaults(status=status)


def listed(box: Toolbox, args: Namespace) -> Report:
    """A tenant's endpoints."""
    box.desk.get(args.tenant)
    now = box.clock.now_ms()
    rows = tuple(
        {
            "endpoint": one.id,
            "events": " ".join(one.events) or "all",
            "state": f"{one.status} {one.disabled_reason}".strip(),
            "failing since": iso(one.failing_since_ms) if one.failing_since_ms else "-",
            "secrets": " ".join(str(secret.number) for secret in one.live_secrets(now)),
        }
        for one in box.webhooks.endpoints.list(args.tenant)
    )
    return Report(rows)


def logged(box: Toolbox, args: Namespace) -> Report:
    """Its latest deliveries."""
    rows = tuple(
        {
            "delivery": one.id,
            "type": one.type,
            "status": one.status,
            "tries": str(len(one.attempts)),
            "last": one.attempts[-1].outcome if one.attempts else "-",
            "next": iso(one.next_ms) if one.next_ms else "-",
        }
        for one in box.webhooks.log(args.tenant, args.endpoint, max(args.limit, 0))
    )
    return Report(rows)


def rotated(box: Toolbox, args: Namespace) -> Report:
    """A new secret, told once here and to nobody else."""
    overlap = box.reach.given.webhook_secret_overlap_hours if args.hours is None else args.hours
    change, text = box.webhooks.rotate(args.tenant, args.endpoint, overlap, hand(args))
    before = f"The one before signs for {overlap} more hours." if overlap else "Those before sign no more."
    notes = (f"new secret: {text or '(dry run: none made)'}", before)
    return changes([change], dry=args.dry_run, notes=notes)


def tested(box: Toolbox, args: Namespace) -> Report:
    """Send a `webhook.test` unless one is on its way."""
    return changes([box.webhooks.test(args.tenant, args.endpoint, hand(args))], dry=args.dry_run)


def replayed(box: Toolbox, args: Namespace) -> Report:
    """Send deliveries again, those named or all that were lost."""
    made = box.webhooks.replay(args.tenant, args.endpoint, tuple(args.ids), hand(args))
    return changes(made, dry=args.dry_run)


def switched(box: Toolbox, args: Namespace) -> Report:
    """Enable or disable the endpoint, as the command was registered with."""
    return changes([box.webhooks.switch(args.tenant, args.endpoint, args.status, hand(args))], dry=args.dry_run)


def _named(parser: ArgumentParser) -> ArgumentParser:
    parser.add_argument("tenant")
    parser.add_argument("endpoint", help="the endpoint's id: whe_…")
    return parser
