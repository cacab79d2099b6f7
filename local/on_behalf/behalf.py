"""Whether a role may do what AWS is about to do with it."""

from collections.abc import Callable
from dataclasses import dataclass

from ministack.core import iam_evaluator  # type: ignore[import-untyped]
from ministack.core.responses import get_account_id, get_region  # type: ignore[import-untyped]

from local.decisions import Decision


@dataclass(frozen=True, slots=True)
class Behalf:
    """Decides by the role's policies as they stand at that moment, with the evaluator that judges requests."""

    note: Callable[[Decision], None]
    """Is told every decision."""

    def may(self, role_arn: str, resource: str, *actions: str) -> bool:
        """Whether the role may do all of this on the resource; each is decided, and noted."""
        decided = {action: self._allowed(role_arn, resource, action) for action in actions}
        return all(decided.values())

    def _allowed(self, role_arn: str, resource: str, action: str) -> bool:
        account, role = get_account_id(), role_arn.rpartition("/")[2]
        context = iam_evaluator.EvalContext(
            principal_arn=role_arn,
            principal_type="AssumedRole",
            principal_account=account,
            action=action,
            resource_arn=resource,
            region=get_region(),
        )
        policies = iam_evaluator._gather_role_policies(role, account)  # noqa: SLF001 - what it judges requests by
        allowed: bool = iam_evaluator.evaluate(context, policies).decision == "Allow"
        self.note(Decision(role, action, resource, allowed))
        return allowed
