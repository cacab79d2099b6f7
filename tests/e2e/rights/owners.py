"""Who acts with which role in the embedded AWS, and what the role may do: read back through AWS's own APIs."""

import json
from collections.abc import Mapping
from typing import Any

from local import aws
from local.deployment import Deployment
from tests.e2e.rights.statements import Policy, listed

PREFIX = "Reelwright embedded: "
MACHINE = "state machine"
CLOCK = "clock of "
"""The schedules of one function share a role."""

ONCE = "once-"
"""The names of schedules that tests make begin so."""


def policies(deployment: Deployment) -> dict[str, Policy]:
    """The policies of all roles, by their owners."""
    iam = aws.client(deployment.stack, "iam")
    owners = {owner: _policy(iam, owner, arn.rpartition("/")[2]) for owner, arn in _roles(deployment).items()}
    forgotten = {role["RoleName"] for role in iam.list_roles()["Roles"]} - {one.role for one in owners.values()}
    assert not forgotten, forgotten
    return owners


def functions(deployment: Deployment) -> dict[str, Mapping[str, Any]]:
    """How each of our functions is set up, by its name."""
    pages = aws.client(deployment.stack, "lambda").get_paginator("list_functions").paginate()
    found = [function for page in pages for function in page["Functions"]]
    return {one["Description"].removeprefix(PREFIX): one for one in found if PREFIX in one.get("Description", "")}


def clocks(deployment: Deployment) -> dict[str, dict[str, Any]]:
    """What the schedules call, by the owner of their role; those of one role differ in nothing but what they tell."""
    scheduler = aws.client(deployment.stack, "scheduler")
    names = {one["FunctionArn"]: name for name, one in functions(deployment).items()}
    made = [one["Name"] for one in scheduler.list_schedules()["Schedules"]]
    targets = [scheduler.get_schedule(Name=name)["Target"] for name in made if not name.startswith(ONCE)]
    return {CLOCK + names[target["Arn"]]: target for target in targets}


def _roles(deployment: Deployment) -> dict[str, str]:
    """The ARN of each owner's role."""
    machine = aws.client(deployment.stack, "stepfunctions")
    described = machine.describe_state_machine(stateMachineArn=deployment.outputs["StateMachineArn"])
    return {
        MACHINE: described["roleArn"],
        **{name: one["Role"] for name, one in functions(deployment).items()},
        **{clock: target["RoleArn"] for clock, target in clocks(deployment).items()},
    }


def _policy(iam: Any, owner: str, role: str) -> Policy:
    (name,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
    document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
    told = json.loads(document) if isinstance(document, str) else document
    return Policy(owner, role, name, tuple(listed(told["Statement"])))
