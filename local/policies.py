"""Policies as the embedded AWS can judge them: it is reached in clear, and knows no resource of a task token."""

from collections.abc import Callable, Mapping
from typing import Any

RESOURCE_POLICIES = frozenset({"AWS::SQS::QueuePolicy", "AWS::S3::BucketPolicy", "AWS::SNS::TopicPolicy"})
IDENTITY_POLICIES = frozenset({"AWS::IAM::Policy"})
TOKEN_ACTION = "states:SendTaskSuccess"  # noqa: S105 - the name of an action

Statement = dict[str, Any]
Change = Callable[[Statement], Statement | None]


def without_tls_demands(resources: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The resources without statements that refuse requests in clear, and what was changed."""
    kept, count = _each_statement(resources, RESOURCE_POLICIES, lambda one: None if _demands_tls(one) else one)
    return kept, [f"{count} policies without their demand for TLS: there is none on this machine"] if count else []


def with_task_tokens(resources: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The resources with the right to hand back task tokens widened to any machine, and what was changed."""
    kept, count = _each_statement(resources, IDENTITY_POLICIES, _any_machine)
    return kept, [f"{count} roles may hand back any task token: tokens are of no machine here"] if count else []


def without_source_account(resources: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The resources with services named by their ARN alone, which holds the account too, and what was changed."""
    kept, count = _each_statement(resources, RESOURCE_POLICIES, _by_source_arn)
    return kept, [f"{count} policies go by aws:SourceArn alone: the account is not told here"] if count else []


def _each_statement(resources: Mapping[str, Any], kinds: frozenset[str], change: Change) -> tuple[dict[str, Any], int]:
    """The resources with every statement changed, and how many policies that touched; a policy left empty goes."""
    kept: dict[str, Any] = {}
    touched = 0
    for name, row in resources.items():
        before = row["Properties"]["PolicyDocument"]["Statement"] if row["Type"] in kinds else []
        after = [fresh for one in before if (fresh := change(one)) is not None]
        touched += after != before
        if after == before:
            kept[name] = row
        elif after:
            kept[name] = _with_statements(row, after)
    return kept, touched


def _demands_tls(statement: Statement) -> bool:
    condition = statement.get("Condition", {}).get("Bool", {})
    return statement["Effect"] == "Deny" and str(condition.get("aws:SecureTransport", "")).lower() == "false"


def _by_source_arn(statement: Statement) -> Statement:
    equals = statement.get("Condition", {}).get("StringEquals", {})
    if "AWS:SourceAccount" not in equals or "ArnLike" not in statement["Condition"]:
        return statement
    others = {key: value for key, value in statement["Condition"].items() if key != "StringEquals"}
    return {**statement, "Condition": others} if len(equals) == 1 else statement


def _any_machine(statement: Statement) -> Statement:
    actions = statement["Action"]
    hands_back = TOKEN_ACTION in ([actions] if isinstance(actions, str) else actions)
    return {**statement, "Resource": "*"} if hands_back else statement


def _with_statements(row: Mapping[str, Any], statements: list[Any]) -> dict[str, Any]:
    properties = row["Properties"]
    document = properties["PolicyDocument"] | {"Statement": statements}
    return {**row, "Properties": {**properties, "PolicyDocument": document}}
