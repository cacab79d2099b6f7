"""Decisions of a run judged again, by the evaluator that made them."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

from ministack.core import iam_evaluator  # type: ignore[import-untyped]

from local.decisions import Decision
from tests.e2e.rights.statements import Policy, Right


def used(right: Right, policy: Policy, notes: Iterable[Decision]) -> bool:
    """Whether something was done by this right."""
    mine = (note for note in notes if (note.role, note.action, note.allowed) == (policy.role, right.action, True))
    return any(fnmatchcase(note.resource, right.resource) for note in mine)


def missed(document: str, policy: Policy, notes: Iterable[Decision]) -> bool:
    """Whether something that the role did by its policy would be refused by this one."""
    mine = (note for note in notes if (note.role, note.allowed) == (policy.role, True))
    return any(not allows(document, note) for note in mine if allows(policy.document, note))


def allows(document: str, note: Decision) -> bool:
    """Whether a policy allows what was asked."""
    context = _context(note)
    decision: bool = (
        iam_evaluator.evaluate(context, [iam_evaluator.parse_policy_document(document)]).decision == "Allow"
    )
    return decision


def _context(note: Decision) -> Any:
    return iam_evaluator.EvalContext(
        principal_arn=note.role,
        principal_type="AssumedRole",
        principal_account="",
        action=note.action,
        resource_arn=note.resource,
        region="",
    )
