"""The rights that roles really have in the embedded AWS, read back through IAM's own API."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from local import aws
from local.deployment import Deployment

Statement = dict[str, Any]
PREFIX = "Reelwright embedded: "


@dataclass(frozen=True)
class Policy:
    """The one inline policy of a function's role."""

    function: str
    role: str
    name: str
    statements: tuple[Statement, ...]

    def without(self, number: int) -> str:
        """The document without one statement."""
        kept = [one for index, one in enumerate(self.statements) if index != number]
        return json.dumps({"Version": "2012-10-17", "Statement": kept})

    @property
    def document(self) -> str:
        """The whole document."""
        return self.without(-1)


@dataclass(frozen=True)
class Right:
    """One action on one resource, as a role may do it."""

    function: str
    action: str
    resource: str


def policies(deployment: Deployment) -> dict[str, Policy]:
    """The policies of all functions' roles, by function."""
    iam = aws.client(deployment.stack, "iam")
    found = (_policy(iam, name, role) for name, role in _roles(deployment))
    return {policy.function: policy for policy in found}


def rights(policy: Policy) -> Iterator[Right]:
    """Every action on every resource."""
    for statement in policy.statements:
        for action in _listed(statement["Action"]):
            for resource in _listed(statement["Resource"]):
                yield Right(policy.function, action, resource)


def _roles(deployment: Deployment) -> Iterator[tuple[str, str]]:
    pages = aws.client(deployment.stack, "lambda").get_paginator("list_functions").paginate()
    for function in (function for page in pages for function in page["Functions"]):
        if function.get("Description", "").startswith(PREFIX):
            yield function["Description"].removeprefix(PREFIX), function["Role"].rpartition("/")[2]


def _policy(iam: Any, function: str, role: str) -> Policy:
    (name,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
    document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
    told = json.loads(document) if isinstance(document, str) else document
    return Policy(function, role, name, tuple(_listed(told["Statement"])))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
