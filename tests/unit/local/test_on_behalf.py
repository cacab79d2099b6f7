"""What the embedded AWS asks IAM for when it acts with a role of ours."""

import json
from collections.abc import Iterator
from types import ModuleType

import pytest
from ministack.services import iam  # type: ignore[import-untyped]

from local.decisions import Decision
from local.on_behalf.behalf import Behalf
from local.on_behalf.machines import needed
from local.on_behalf.replacing import OtherMinistack, replace

QUEUE = "arn:aws:sqs:us-east-1:000000000000:q"
TRUST = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
READS = {"Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage"], "Resource": QUEUE}


@pytest.fixture
def role() -> Iterator[str]:
    """A role with which Lambda may receive and delete."""
    told = {"InlinePolicies": {"only": json.dumps({"Statement": [READS]})}, "AttachedPolicies": []}
    iam._roles["reader"] = told | {"AssumeRolePolicyDocument": {"Statement": [TRUST]}}  # noqa: SLF001 - its store
    yield "arn:aws:iam::000000000000:role/reader"
    del iam._roles["reader"]  # noqa: SLF001 - the same


def test_a_role_may_only_do_what_its_policy_allows(role: str) -> None:
    """On the resource that it names, and every action of those that are needed."""
    behalf = Behalf("lambda.amazonaws.com", lambda _: None)
    assert behalf.may(role, QUEUE, "sqs:ReceiveMessage", "sqs:DeleteMessage")
    assert not behalf.may(role, QUEUE, "sqs:ReceiveMessage", "sqs:SendMessage")
    assert not behalf.may(role, f"{QUEUE}2", "sqs:ReceiveMessage")
    assert not behalf.may(f"{role}s", QUEUE, "sqs:ReceiveMessage")


def test_a_role_is_for_the_service_that_it_trusts(role: str) -> None:
    """What Lambda may do with it, Scheduler may not."""
    assert not Behalf("scheduler.amazonaws.com", lambda _: None).may(role, QUEUE, "sqs:ReceiveMessage")


def test_every_action_is_noted_though_one_was_refused(role: str) -> None:
    """Else what comes after it would count as never used."""
    notes: list[Decision] = []
    Behalf("lambda.amazonaws.com", notes.append).may(role, QUEUE, "sqs:SendMessage", "sqs:DeleteMessage")
    assert notes == [
        Decision("reader", "sts:AssumeRole", role, allowed=True),
        Decision("reader", "sqs:SendMessage", QUEUE, allowed=False),
        Decision("reader", "sqs:DeleteMessage", QUEUE, allowed=True),
    ]


def test_a_task_of_another_kind_is_not_waved_through() -> None:
    """Whoever adds one to the machine says which right it needs."""
    with pytest.raises(NotImplementedError, match="sns:publish"):
        needed("arn:aws:states:::sns:publish", {})


def test_another_ministack_does_not_start() -> None:
    """Without the function that is to ask, everything would be allowed."""
    with pytest.raises(OtherMinistack, match="_poll"):
        replace(ModuleType("ministack.services.lambda_svc"), "_poll", lambda known: known)
