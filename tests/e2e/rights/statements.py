"""What a role may do, and the same with something taken away."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Statement = dict[str, Any]


@dataclass(frozen=True)
class Right:
    """One action on one resource, as the role of `owner` may do it by its statement with that number."""

    owner: str
    number: int
    action: str
    resource: str


@dataclass(frozen=True)
class Policy:
    """The one inline policy of a role; `owner` is who acts with the role."""

    owner: str
    role: str
    name: str
    statements: tuple[Statement, ...]

    @property
    def document(self) -> str:
        """The whole document."""
        return _document(self.statements)

    @property
    def rights(self) -> tuple[Right, ...]:
        """Every action on every resource."""
        return tuple(
            Right(self.owner, number, action, resource)
            for number, statement in enumerate(self.statements)
            for action in listed(statement["Action"])
            for resource in listed(statement["Resource"])
        )

    def without(self, number: int) -> str:
        """The document without one statement."""
        return _document(one for index, one in enumerate(self.statements) if index != number)

    def without_right(self, right: Right) -> str:
        """The document without one action on one resource."""
        kept = [one for index, one in enumerate(self.statements) if index != right.number]
        return _document([*kept, *_rest(self.statements[right.number], right)])


def listed(value: Any) -> list[Any]:
    """IAM writes a list of one as the thing itself."""
    return value if isinstance(value, list) else [value]


def _rest(statement: Statement, right: Right) -> Iterator[Statement]:
    actions = [one for one in listed(statement["Action"]) if one != right.action]
    resources = [one for one in listed(statement["Resource"]) if one != right.resource]
    if actions:
        yield {**statement, "Action": actions}
    if resources:
        yield {**statement, "Action": right.action, "Resource": resources}


def _document(statements: Iterable[Statement]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
