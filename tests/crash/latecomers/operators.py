"""Operators: what they name is there, and a key has one successor."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.ops.desks import TableLaneDesk, TableTenantDesk
from reelwright.domain.errors import Conflict, NotFound
from reelwright.domain.tenant import ApiKey, Tenant
from tests.crash import cloud, staged

PLAN = Tenant("acme", Decimal(1), 1, 1)
KEY = ApiKey("acme", "key_1", ("videos:read",), expires_ms=1)


def created_meanwhile() -> Iterator[str]:
    """A tenant that somebody else created keeps its plan."""
    desk = office()
    desk.create(PLAN)
    if not staged.refused(lambda: desk.create(replace(PLAN, monthly_units=Decimal(2))), Conflict):
        yield "a plan was written over"


def changed_though_unknown() -> Iterator[str]:
    """A mistyped tenant or lane is not made by changing it."""
    desk, lanes = office(), TableLaneDesk(client("dynamodb"), cloud.TABLE)
    if not staged.refused(lambda: desk.change("acne", {"suspended": True}), NotFound):
        yield "a tenant of nobody's"
    if not staged.refused(lambda: lanes.set("main.nothing.video", {"paused": True}), NotFound):
        yield "a lane of no account"


def replaced_meanwhile() -> Iterator[str]:
    """A key that was replaced is not replaced again: its second successor would be one that nobody knows of."""
    desk = office()
    desk.replace(KEY, "hash_2", replace(KEY, key_id="key_2"))
    if not staged.refused(lambda: desk.replace(KEY, "hash_3", replace(KEY, key_id="key_3")), Conflict):
        yield "a key has two successors"


def revoked_meanwhile() -> Iterator[str]:
    """A key that was revoked gets no successor."""
    desk = office()
    desk.revoke("acme", "key_1")
    if not staged.refused(lambda: desk.replace(KEY, "hash_2", replace(KEY, key_id="key_2")), Conflict):
        yield "a revoked key has a successor"


def office() -> TableTenantDesk:
    """Where a key was made."""
    cloud.empty()
    made = TableTenantDesk(client("dynamodb"), cloud.TABLE)
    made.put_api_key("hash_1", KEY)
    return made
