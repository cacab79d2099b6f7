"""`tenant create|show|list|budget|caps|suspend|resume|pause|unpause|erase`."""

from argparse import ArgumentParser, Namespace
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.domain.money import plain
from reelwright.domain.tenant import Tenant
from reelwright.domain.times import month
from reelwright.ops.parsing import Group, hand, units
from reelwright.ops.report import Report, changes

FLAGS = {
    "suspend": ("admit nothing more; jobs under way go on", {"suspended": True}),
    "resume": ("admit again", {"suspended": False}),
    "pause": ("admit, but let its jobs wait", {"paused": True}),
    "unpause": ("serve its jobs again", {"paused": False}),
}


def add(groups: Any) -> None:
    """Register the commands about tenants; two set each flag, one on and one off."""
    group = Group(groups, "tenant", "tenants: budgets, caps, states")
    group.add("list", listed, "every tenant")
    _named(group.add("show", shown, "one tenant with its month and keys"))
    parser = _named(group.add("create", created, "a new tenant; the same one again changes nothing"))
    parser.add_argument("--units", type=units, required=True, help="budget of a month in video units")
    _caps(parser, at_once=10, per_minute=60, weight=1)
    parser = _named(group.add("budget", budgeted, "set the month's budget; the running month follows"))
    parser.add_argument("units", type=units)
    _caps(_named(group.add("caps", capped, "set caps; those not named stay")))
    for name, (what, _) in FLAGS.items():
        _named(group.add(name, flagged, what)).set_defaults(flag=name)
    _named(group.add("erase", erased, "revoke its keys; delete its jobs, prompts and media; keep its ledger"))


def listed(box: Toolbox, args: Namespace) -> Report:  # noqa: ARG001 - every command's signature
    """Every tenant."""
    return Report(tuple(_row(tenant) for tenant in box.desk.all()))


def shown(box: Toolbox, args: Namespace) -> Report:
    """One tenant's settings, its month in video units, and its keys."""
    tenant = box.desk.get(args.tenant)
    usage = box.desk.usage(tenant, month(box.clock.now_ms()))
    facts = _row(tenant) | {
        "month": usage.month,
        "held": plain(usage.held),
        "captured": plain(usage.captured),
        "left": plain(usage.left),
        "keys": ", ".join(f"{key.name or key.key_id}" for key in box.desk.keys(tenant.id)) or "-",
    }
    return Report(tuple({"fact": name, "value": value} for name, value in facts.items()))


def created(box: Toolbox, args: Namespace) -> Report:
    """Make a tenant."""
    tenant = Tenant(args.tenant, args.units, args.at_once, args.per_minute, weight=args.weight)
    return changes([box.tenants.create(tenant, hand(args))], dry=args.dry_run)


def budgeted(box: Toolbox, args: Namespace) -> Report:
    """Set the month's budget."""
    return changes(box.tenants.change(args.tenant, hand(args), monthly_units=args.units), dry=args.dry_run)


def capped(box: Toolbox, args: Namespace) -> Report:
    """Set the caps that were named; the others stay."""
    made = box.tenants.change(
        args.tenant,
        hand(args),
        max_concurrent=args.at_once,
        requests_per_minute=args.per_minute,
        weight=args.weight,
    )
    return changes(made, dry=args.dry_run)


def flagged(box: Toolbox, args: Namespace) -> Report:
    """Suspend, resume, pause or unpause a tenant; after unpause every lane is woken."""
    made = box.tenants.change(args.tenant, hand(args), **FLAGS[args.flag][1])
    if args.flag == "unpause" and not args.dry_run:
        for lane in box.reach.lanes.all():
            box.manage_lanes.wake(lane.id)
    return changes(made, dry=args.dry_run)


def erased(box: Toolbox, args: Namespace) -> Report:
    """Erase what a suspended tenant left, but for its ledger."""
    return changes(box.erasure.erase(args.tenant, hand(args)), dry=args.dry_run)


def _row(tenant: Tenant) -> dict[str, str]:
    states = [word for word, on in (("suspended", tenant.suspended), ("paused", tenant.paused)) if on]
    return {
        "tenant": tenant.id,
        "budget": plain(tenant.monthly_units),
        "at once": str(tenant.max_concurrent),
        "per minute": str(tenant.requests_per_minute),
        "weight": str(tenant.weight),
        "state": ", ".join(states) or "good",
    }


def _named(parser: ArgumentParser) -> ArgumentParser:
    parser.add_argument("tenant", help="the tenant's id")
    return parser


def _caps(
    parser: ArgumentParser, *, at_once: int | None = None, per_minute: int | None = None, weight: int | None = None
) -> None:
    parser.add_argument("--at-once", type=int, default=at_once, help="tasks at Kling at the same time, in each lane")
    parser.add_argument("--per-minute", type=int, default=per_minute, help="POSTs a minute")
    parser.add_argument("--weight", type=int, default=weight, help="share of a lane's turns")
