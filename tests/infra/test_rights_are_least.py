"""Each function has a role of its own that may do what its code does, and no more."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from local.stage import Stage
from tests.infra.synthesis import listed

# Actions that AWS gives no resource to scope by (Service Authorization Reference).
_UNSCOPED = {"logs:", "xray:", "dynamodb:ListStreams"}
_RIGHTS = {
    "Authorizer": {"dynamodb:GetItem"},
    "Submit": {
        *("dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"),
        *("sqs:SendMessage", "s3:PutObject"),
    },
    "Query": {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "secretsmanager:GetSecretValue"},
    "Endpoints": {
        *("dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"),
        *("sqs:SendMessage", "secretsmanager:GetSecretValue"),
    },
    "Webhook": {
        *("dynamodb:UpdateItem", "secretsmanager:GetSecretValue", "states:SendTaskSuccess"),
    },
}


def test_no_statement_allows_a_pattern_of_actions(stage: Stage) -> None:
    """Actions are named one by one."""
    for policy, statement in stage.statements():
        assert not [action for action in listed(statement["Action"]) if "*" in action], policy


def test_only_actions_without_resources_are_allowed_on_all(stage: Stage) -> None:
    """A bare asterisk stands only where AWS knows no resource."""
    for policy, statement in stage.statements():
        if "*" in listed(statement["Resource"]):
            assert all(action.startswith(tuple(_UNSCOPED)) for action in listed(statement["Action"])), policy


def test_every_function_has_a_role_of_its_own(stage: Stage) -> None:
    """No two functions share rights."""
    roles = [str(function["Role"]) for function in stage.functions().values()]
    assert len(set(roles)) == len(roles)


def test_no_role_carries_a_managed_policy(prod: Stage) -> None:
    """AWS's ready-made policies allow more than one function needs."""
    assert not [r for r in prod.resources("AWS::IAM::Role").values() if "ManagedPolicyArns" in r["Properties"]]


@pytest.mark.parametrize("function", sorted(_RIGHTS))
def test_the_functions_at_the_door_may_do_exactly_this(prod: Stage, function: str) -> None:
    """Whoever takes over a function behind the API gets these actions."""
    allowed = {
        action
        for policy, statement in prod.statements()
        if policy.startswith(f"Doors{function}Role")
        for action in listed(statement["Action"])
    }
    assert allowed - {"logs:CreateLogStream", "logs:PutLogEvents"} == _RIGHTS[function]


def test_the_state_machine_may_update_the_table_and_call_two_functions(prod: Stage) -> None:
    """Logs apart."""
    allowed = {
        action
        for policy, statement in prod.statements()
        if policy.startswith("WorkflowRole")
        for action in listed(statement["Action"])
        if not action.startswith("logs:")
    }
    assert allowed == {"dynamodb:UpdateItem", "lambda:InvokeFunction"}


def test_a_permissions_boundary_reaches_every_role(boundary: Stage) -> None:
    """An account that demands a boundary gets one on each role of every stack."""
    roles = boundary.resources("AWS::IAM::Role").values()
    assert roles
    assert all("PermissionsBoundary" in role["Properties"] for role in roles)


def _rights(stage: Stage) -> dict[str, str]:
    """What each role may do and who may act with it, told without the stage's name."""
    policies = {name: one["PolicyDocument"] for name, one in _properties(stage, "AWS::IAM::Policy").items()}
    roles = {name: one["AssumeRolePolicyDocument"] for name, one in _properties(stage, "AWS::IAM::Role").items()}
    told = {name: json.dumps(document, sort_keys=True) for name, document in (policies | roles).items()}
    return {name: text.replace(f"reelwright-{stage.name}", "reelwright") for name, text in told.items()}


def _properties(stage: Stage, kind: str) -> dict[str, dict[str, Any]]:
    return {name: one["Properties"] for name, one in stage.resources(kind).items()}


def test_what_is_proven_on_one_machine_holds_in_every_stage(stage: Stage, synthesized: Callable[[str], Stage]) -> None:
    """The same roles with the same rights; dev's bucket is emptied at its end, by a role that the CDK makes."""
    here, proven = _rights(stage), _rights(synthesized("embedded"))
    assert {name: here.get(name) for name in proven} == proven
    emptying = [name for name in here if name not in proven]
    assert [name.startswith("CustomS3AutoDeleteObjects") for name in emptying] == [True] * (stage.name == "dev")
