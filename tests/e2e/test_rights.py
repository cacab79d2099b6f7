"""No right of any role is there for nothing: each is used, each is missed when it is gone, and owners fail without."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from local import decisions
from local.api import Api
from local.decisions import Decision
from local.deployment import Deployment
from local.places import RunFolder
from local.watch import TookTooLong, until
from tests.e2e.rights.day import Day
from tests.e2e.rights.judging import allows, missed, used
from tests.e2e.rights.owners import CLOCK, MACHINE, policies
from tests.e2e.rights.probes import PROBES, Probe
from tests.e2e.rights.statements import Policy, Right
from tests.e2e.rights.taking_away import mistrusted, without

Asked = TypeVar("Asked")

SECONDS = 20.0
AT_ONCE = 6


@pytest.fixture(scope="module")
def granted(deployment: Deployment) -> dict[str, Policy]:
    """The policies of all roles that there are, by who acts with them."""
    return policies(deployment)


@pytest.fixture(scope="module")
def page(e2e_folder: RunFolder) -> Path:
    """Where IAM's decisions are written down."""
    return e2e_folder.path / decisions.FILE


@pytest.fixture(scope="module")
def notes(deployment: Deployment, page: Path) -> tuple[Decision, ...]:
    """What IAM decided until the end of a busy day."""
    tenant = deployment.desk.tenant("busy-day")
    Day(deployment, Api(deployment.base_url, deployment.desk.api_key(tenant)), tenant).live()
    return tuple(decisions.read(page))


def test_nothing_was_refused_but_the_mishap(notes: tuple[Decision, ...], granted: dict[str, Policy]) -> None:
    """Least is enough: on a day on which everything happens nobody lacks a right; schedules were misled on purpose."""
    refused = {(note.role, note.action) for note in notes if not note.allowed}
    assert refused == {(granted[owner].role, "lambda:InvokeFunction") for owner in granted if owner.startswith(CLOCK)}


def test_every_right_was_used(notes: tuple[Decision, ...], granted: dict[str, Policy]) -> None:
    """Each action on each resource, by whoever acts with the role; there is no exception."""
    unused = [right for policy in granted.values() for right in policy.rights if not used(right, policy, notes)]
    assert unused == [], [(one.owner, one.action, one.resource[-40:]) for one in unused]


def test_every_right_is_missed_when_it_is_gone(notes: tuple[Decision, ...], granted: dict[str, Policy]) -> None:
    """Judged again by the emulator's evaluator, something of the day is refused without it: none repeats another."""
    idle = [
        right
        for policy in granted.values()
        for right in policy.rights
        if not missed(policy.without_right(right), policy, notes)
    ]
    assert idle == [], [(one.owner, one.action, one.resource[-40:]) for one in idle]


def test_the_proof_would_notice(notes: tuple[Decision, ...], granted: dict[str, Policy]) -> None:
    """A right that nobody uses, and one that repeats another, are seen."""
    policy = granted["query"]
    more = len(policy.statements)
    for extra in ({"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}, policy.statements[1]):
        wider = replace(policy, statements=(*policy.statements, extra))
        assert not any(missed(wider.without_right(one), wider, notes) for one in wider.rights if one.number == more)
    assert not used(Right("query", more, "s3:ListBucket", "*"), policy, notes)


def test_every_role_has_a_probe(granted: dict[str, Policy]) -> None:
    """A new role is not proven until there is one; those that AWS alone acts with have one for each statement."""
    assert {probe.owner for probe in PROBES} == set(granted)
    for owner in (MACHINE, *(owner for owner in granted if owner.startswith(CLOCK))):
        probed = {_number(granted[owner], probe) for probe in PROBES if probe.owner == owner}
        assert probed == set(range(len(granted[owner].statements)))


def test_owners_are_refused_without_their_statement(
    deployment: Deployment, page: Path, granted: dict[str, Policy], tenant: str
) -> None:
    """Really taken away, one at a time of each role: what the statement allows is then refused."""

    def never_refused(owner: str) -> list[str]:
        mine = [probe for probe in PROBES if probe.owner == owner]
        return [probe.action for probe in mine if not refused(granted[owner], probe)]

    def refused(policy: Policy, probe: Probe) -> bool:
        with without(deployment, policy, _number(policy, probe)):
            return _seen(page, lambda: probe.act(deployment, tenant), lambda note: _lacks(policy, note))

    assert _each(granted, never_refused) == {}


def test_owners_are_refused_where_they_are_not_trusted(
    deployment: Deployment, page: Path, granted: dict[str, Policy], tenant: str
) -> None:
    """A role is for the service that acts with it; when it trusts another, nothing of that comes about."""

    def refused(owner: str) -> bool:
        policy, act = granted[owner], next(probe.act for probe in PROBES if probe.owner == owner)
        untrusted = (policy.role, "sts:AssumeRole", False)
        with mistrusted(deployment, policy):
            return _seen(page, lambda: act(deployment, tenant), lambda note: _asked(note) == untrusted)

    assert _each(granted, lambda owner: not refused(owner)) == {}


def _each(owners: Iterable[str], ask: Callable[[str], Asked]) -> dict[str, Asked]:
    """What is to be said of owners, asked for several at once; nothing of those of whom there is nothing."""
    names = list(owners)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = dict(zip(names, pool.map(ask, names), strict=True))
    return {owner: said for owner, said in found.items() if said}


def _seen(page: Path, act: Callable[[], object], wanted: Callable[[Decision], bool]) -> bool:
    """Whether IAM decides so after that was done."""
    before = len(list(decisions.read(page)))
    act()
    with suppress(TookTooLong):
        return until(lambda: any(map(wanted, decisions.read(page, before))), bool, SECONDS)
    return False


def _asked(note: Decision) -> tuple[str, str, bool]:
    return note.role, note.action, note.allowed


def _lacks(policy: Policy, note: Decision) -> bool:
    """Whether the role was refused what its whole policy allows."""
    return note.role == policy.role and not note.allowed and allows(policy.document, note)


def _number(policy: Policy, probe: Probe) -> int:
    """Which statement allows what the probe does."""
    fitting = (one for one in policy.rights if one.action == probe.action and probe.on in one.resource)
    return next(one.number for one in fitting)
