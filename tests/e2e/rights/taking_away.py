"""Rights really taken away from a role of the embedded AWS for a while."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from local import aws
from local.deployment import Deployment
from tests.e2e.rights.statements import Policy

STRANGER = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}


@contextmanager
def without(deployment: Deployment, policy: Policy, number: int) -> Iterator[None]:
    """The role without one of its statements."""
    iam, names = aws.client(deployment.stack, "iam"), {"RoleName": policy.role, "PolicyName": policy.name}
    iam.put_role_policy(**names, PolicyDocument=policy.without(number))
    try:
        yield
    finally:
        iam.put_role_policy(**names, PolicyDocument=policy.document)


@contextmanager
def mistrusted(deployment: Deployment, policy: Policy) -> Iterator[None]:
    """The role trusting a service that has nothing to do with it, in place of its own."""
    iam = aws.client(deployment.stack, "iam")
    trust = iam.get_role(RoleName=policy.role)["Role"]["AssumeRolePolicyDocument"]
    stranger = {**trust, "Statement": [STRANGER]}
    iam.update_assume_role_policy(RoleName=policy.role, PolicyDocument=json.dumps(stranger))
    try:
        yield
    finally:
        iam.update_assume_role_policy(RoleName=policy.role, PolicyDocument=json.dumps(trust))
