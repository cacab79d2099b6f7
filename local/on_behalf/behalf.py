"""Whether an AWS service may do what it is about to do with a role."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ministack.core import iam_evaluator  # type: ignore[import-untyped]
from ministack.core.responses import get_account_id, get_region  # type: ignore[import-untyped]
from ministack.services import iam  # type: ignore[import-untyped]

from local.decisions import Decision

Note = Callable[[Decision], None]
"""Is told every decision."""


@dataclass(frozen=True, slots=True)
class Behalf:
    """Decides by the role's policies as they stand at that moment, with the evaluator that judges requests."""

    service: str
    """Who acts with roles: they must trust it."""
    note: Note

    def may(self, role_arn: str, resource: str, *actions: str) -> bool:
        """Whether the role lets the service do all of this on the resource; each is decided, and noted."""
        role = role_arn.rpartition("/")[2]
        decided = [self._trusted(role, role_arn), *(self._allowed(role, resource, action) for action in actions)]
        return all(decided)

    def _trusted(self, role: str, role_arn: str) -> bool:
        trust = iam._roles.get(role, {}).get("AssumeRolePolicyDocument")  # noqa: SLF001 - where it keeps them
        asked = _context("*", "Service", "sts:AssumeRole", role_arn)
        verdict = iam_evaluator.evaluate_resource_policy(trust, asked, service=self.service)
        return self._noted(role, role_arn, "sts:AssumeRole", verdict)

    def _allowed(self, role: str, resource: str, action: str) -> bool:
        policies = iam_evaluator._gather_role_policies(role, get_account_id())  # noqa: SLF001 - what requests go by
        asked = _context(role, "AssumedRole", action, resource)
        return self._noted(role, resource, action, iam_evaluator.evaluate(asked, policies))

    def _noted(self, role: str, resource: str, action: str, verdict: Any) -> bool:
        allowed: bool = verdict.decision == "Allow"
        self.note(Decision(role, action, resource, allowed))
        return allowed


def _context(who: str, kind: str, action: str, resource: str) -> Any:
    return iam_evaluator.EvalContext(
        principal_arn=who,
        principal_type=kind,
        principal_account=get_account_id(),
        action=action,
        resource_arn=resource,
        region=get_region(),
    )
