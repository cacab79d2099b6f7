"""No right is there for nothing: each is used, each statement is missed when it is gone, and functions fail without."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

import pytest
from ministack.core import iam_evaluator  # type: ignore[import-untyped]

from local import aws, decisions
from local.api import Api
from local.decisions import Decision
from local.deployment import Deployment
from local.places import RunFolder
from tests.e2e.rights.day import Day, invoke
from tests.e2e.rights.excused import excuse
from tests.e2e.rights.probes import PROBES, Probe
from tests.e2e.rights.statements import Policy, Right, policies, rights


@pytest.fixture(scope="module")
def notes(deployment: Deployment, e2e_folder: RunFolder) -> tuple[Decision, ...]:
    """What IAM decided until the end of a busy day."""
    tenant = deployment.desk.tenant("busy-day")
    Day(deployment, Api(deployment.base_url, deployment.desk.api_key(tenant)), tenant).live()
    return tuple(decisions.read(e2e_folder.path / decisions.FILE))


@pytest.fixture(scope="module")
def granted(deployment: Deployment) -> dict[str, Policy]:
    """The functions' policies."""
    return policies(deployment)


def test_nothing_was_refused(notes: tuple[Decision, ...]) -> None:
    """Least is enough: on a day on which everything happens, no function lacks a right."""
    assert [note for note in notes if not note.allowed] == []


def test_every_right_was_used(notes: tuple[Decision, ...], granted: dict[str, Policy]) -> None:
    """Each action on each resource, by the function that may do it; or there is a reason."""
    unused = [
        right
        for policy in granted.values()
        for right in rights(policy)
        if not any(_uses(note, policy, right) for note in notes) and not excuse(right)
    ]
    assert unused == [], [(one.function, one.action, one.resource[-40:]) for one in unused]


def test_every_statement_is_missed_when_it_is_gone(notes: tuple[Decision, ...], granted: dict[str, Policy]) -> None:
    """Judged again by the emulator's own evaluator, some request of the day is refused without it."""
    idle = [
        (policy.function, statement)
        for policy in granted.values()
        for number, statement in enumerate(policy.statements)
        if not _missed(policy, number, notes) and not all(excuse(one) for one in rights(_alone(policy, number)))
    ]
    assert idle == []


def test_the_proof_would_notice(notes: tuple[Decision, ...], granted: dict[str, Policy]) -> None:
    """A right that nobody uses, and a statement that repeats another, are seen."""
    policy = granted["query"]
    idle = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}
    for extra in (idle, policy.statements[1]):
        wider = replace(policy, statements=(*policy.statements, extra))
        assert not _missed(wider, len(policy.statements), notes)
    assert not any(_uses(note, policy, Right("query", "s3:ListBucket", "*")) for note in notes)


def test_every_function_has_a_probe(granted: dict[str, Policy]) -> None:
    """A new function is not proven until there is one."""
    assert {probe.function for probe in PROBES} == set(granted)


def test_functions_are_refused_without_their_statement(
    deployment: Deployment, e2e_folder: RunFolder, granted: dict[str, Policy], tenant: str
) -> None:
    """Really taken away, one at a time of each role; the same event then meets AccessDenied, and never does before."""
    path = e2e_folder.path / decisions.FILE

    def refused(name: str) -> list[str]:
        mine = [probe for probe in PROBES if probe.function == name]
        return [probe.action for probe in mine if not _refused(deployment, granted[name], probe, path, tenant)]

    with ThreadPoolExecutor(4) as pool:
        found = dict(zip(granted, pool.map(refused, granted), strict=True))
    assert {name: actions for name, actions in found.items() if actions} == {}


def _refused(deployment: Deployment, policy: Policy, probe: Probe, path: Any, tenant: str) -> bool:
    """Whether IAM refused what the statement allows while it was away, and not before."""
    told = probe.event(deployment, tenant)
    seen = len(list(decisions.read(path)))
    invoke(deployment, policy.function, told)
    assert not [note for note in _new(path, seen, policy) if not note.allowed]
    number = _number(policy, probe)
    away = {right.action for right in rights(_alone(policy, number))}
    with _without(deployment, policy, number):
        seen = len(list(decisions.read(path)))
        invoke(deployment, policy.function, told)
        return any(not note.allowed and note.action in away for note in _new(path, seen, policy))


@contextmanager
def _without(deployment: Deployment, policy: Policy, number: int) -> Iterator[None]:
    """The role without one of its statements."""
    iam, names = aws.client(deployment.stack, "iam"), {"RoleName": policy.role, "PolicyName": policy.name}
    iam.put_role_policy(**names, PolicyDocument=policy.without(number))
    try:
        yield
    finally:
        iam.put_role_policy(**names, PolicyDocument=policy.document)


def _number(policy: Policy, probe: Probe) -> int:
    """Which statement allows what the probe does."""
    return next(
        number
        for number in range(len(policy.statements))
        for right in rights(_alone(policy, number))
        if right.action == probe.action and probe.on in right.resource
    )


def _new(path: Any, seen: int, policy: Policy) -> Iterator[Decision]:
    return (note for note in decisions.read(path, seen) if note.role == policy.role)


def _uses(note: Decision, policy: Policy, right: Right) -> bool:
    same = (note.role, note.action, note.allowed) == (policy.role, right.action, True)
    return same and fnmatchcase(note.resource, right.resource)


def _alone(policy: Policy, number: int) -> Policy:
    return Policy(policy.function, policy.role, policy.name, (policy.statements[number],))


def _missed(policy: Policy, number: int, notes: tuple[Decision, ...]) -> bool:
    left = [iam_evaluator.parse_policy_document(policy.without(number))]
    asked = [note for note in notes if note.role == policy.role and note.allowed]
    return any(iam_evaluator.evaluate(_context(note), left).decision != "Allow" for note in asked)


def _context(note: Decision) -> Any:
    return iam_evaluator.EvalContext(
        principal_arn=note.role,
        principal_type="AssumedRole",
        principal_account="",
        action=note.action,
        resource_arn=note.resource,
        region="",
    )
