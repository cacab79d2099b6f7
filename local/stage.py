"""The templates of a synthesized stage, and questions that are asked of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local.places import CHECKOUT

Resource = dict[str, Any]


@dataclass(frozen=True)
class Stage:
    """The templates of one stage, by part: data, delivery, pipeline, observability."""

    name: str
    folder: Path
    templates: dict[str, dict[str, Any]] = field(repr=False)

    @property
    def checkout(self) -> Path:
        """The tree."""
        return CHECKOUT

    def resources(self, kind: str, part: str | None = None) -> dict[str, Resource]:
        """All resources of a type by logical id, of one stack or of all."""
        return {
            logical_id: resource
            for name, template in self.templates.items()
            if part in {None, name}
            for logical_id, resource in template["Resources"].items()
            if resource["Type"] == kind
        }

    def one(self, kind: str) -> dict[str, Any]:
        """The properties of the only resource of a type."""
        (resource,) = self.resources(kind).values()
        properties: dict[str, Any] = resource["Properties"]
        return properties

    def functions(self) -> dict[str, dict[str, Any]]:
        """The properties of our own functions by name."""
        described = [f["Properties"] for f in self.resources("AWS::Lambda::Function").values()]
        prefix = f"Reelwright {self.name}: "
        named = [p for p in described if str(p.get("Description", "")).startswith(prefix)]
        return {properties["Description"].removeprefix(prefix): properties for properties in named}

    def statements(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every statement of every role's policies with the policy's logical id."""
        for logical_id, policy in self.resources("AWS::IAM::Policy").items():
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
                yield logical_id, statement
