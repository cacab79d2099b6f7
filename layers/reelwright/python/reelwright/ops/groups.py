"""All groups of commands."""

from typing import Any

from reelwright.ops.commands import (
    audit,
    costs,
    deadletters,
    job,
    key,
    lane,
    ledger,
    pause,
    secret,
    slot,
    tenant,
    webhook,
)


def everything(groups: Any) -> None:
    """Register every group."""
    for module in (deadletters, job, slot, lane, pause, tenant, key, webhook, ledger, secret, costs, audit):
        module.add(groups)
