"""`key create|list|rotate|revoke`."""

from argparse import Namespace
from typing import Any

from reelwright.composition.ops import Toolbox
from reelwright.domain.tenant import ApiKey
from reelwright.domain.times import iso
from reelwright.ops.parsing import Group, hand, hours
from reelwright.ops.report import Report, changes
from reelwright.use_cases.ops.keys import SCOPES

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
OVERLAP_HOURS = 24


def add(groups: Any) -> None:
    """Register the commands about tenants' API keys."""
    group = Group(groups, "key", "API keys of tenants")
    group.add("list", listed, "a tenant's keys").add_argument("tenant")
    parser = group.add("create", created, "a new key; its text is printed once and stored nowhere")
    parser.add_argument("tenant")
    parser.add_argument("--name", default="default", help="your word for it; unique among the tenant's good keys")
    parser.add_argument("--scope", action="append", choices=SCOPES, help="again for more (default: all)")
    parser.add_argument("--days", type=int, help="until it expires (default: never)")
    parser = group.add("rotate", rotated, "a key in place of another, which works on for the overlap")
    parser.add_argument("tenant")
    parser.add_argument("key_id")
    parser.add_argument("--hours", type=hours, default=OVERLAP_HOURS, help="of overlap (default: 24)")
    parser = group.add("revoke", revoked, "make a key worthless at once")
    parser.add_argument("tenant")
    parser.add_argument("key_id")


def listed(box: Toolbox, args: Namespace) -> Report:
    """A tenant's keys."""
    now = box.clock.now_ms()
    box.desk.get(args.tenant)
    return Report(tuple(_row(key) | {"state": _state(key, now)} for key in box.desk.keys(args.tenant)))


def created(box: Toolbox, args: Namespace) -> Report:
    """Make a new key; its text is shown once."""
    expires = box.clock.now_ms() + args.days * DAY_MS if args.days is not None else None
    scopes = tuple(args.scope or SCOPES)
    key, text = box.keys.create(args.tenant, args.name, scopes, expires, hand(args))
    return Report((_row(key) | {"text": text or "(dry run: none made)"},))


def rotated(box: Toolbox, args: Namespace) -> Report:
    """Make a key in place of another, which works on for the overlap."""
    key, text = box.keys.rotate(args.tenant, args.key_id, args.hours * HOUR_MS, hand(args))
    note = f"{args.key_id} works for {args.hours} more hours; `key revoke` ends it sooner."
    return Report((_row(key) | {"text": text or "(dry run: none made)"},), (note,))


def revoked(box: Toolbox, args: Namespace) -> Report:
    """Revoke a key; a revoked one stays so."""
    return changes([box.keys.revoke(args.tenant, args.key_id, hand(args))], dry=args.dry_run)


def _row(key: ApiKey) -> dict[str, str]:
    expires = iso(key.expires_ms) if key.expires_ms is not None else "never"
    return {"key": key.key_id, "name": key.name or "-", "scopes": " ".join(key.scopes), "expires": expires}


def _state(key: ApiKey, now_ms: int) -> str:
    if key.good(now_ms):
        return f"replaced by {key.replaced_by}" if key.replaced_by else "good"
    return "revoked" if key.revoked else "expired"
