"""A clause of a condition, and the source without it."""

import re
from dataclasses import dataclass

from tests.crash.mutations import Mutation


@dataclass(frozen=True, slots=True, order=True)
class Clause:
    """One of the AND-ed parts of a condition: where it stands (as a mutation names it) and how it reads."""

    target: str
    text: str

    def __str__(self) -> str:
        file, _, function = self.target.partition(":")
        return f"{file.replace('.', '/')}.py {function}: {self.text}"

    def alternatives(self) -> tuple[str, ...]:
        """What is OR-ed in it, where there is more than one."""
        inner = self.text[1:-1] if self.text.startswith("(") else self.text
        return _split(inner, "OR") if " OR " in inner else ()

    def without(self, alternative: str) -> Mutation:
        """The clause without one of its alternatives: that never holds."""
        never = f"({alternative} AND NOT {alternative})"
        return Mutation(f"without {alternative}", self.target, self.text, self.text.replace(alternative, never))

    def ignored(self) -> Mutation:
        """The clause holds whatever is there; its names and values stay in use, for DynamoDB wants none unused."""
        return Mutation(f"without {self.text}", self.target, self.text, _always(self.text))


def _always(text: str) -> str:
    if text.startswith("If"):
        return "**{}"
    inner = text if text.startswith("(") else f"({text})"
    return f"({text} OR NOT {inner})"


def parts(condition: str) -> tuple[str, ...]:
    """What is AND-ed in a condition, outside of all parentheses."""
    return _split(condition, "AND")


def _split(text: str, at: str) -> tuple[str, ...]:
    found = [""]
    for word in re.split(rf"(\b{at}\b)", text):
        outside = found[-1].count("(") == found[-1].count(")")
        found = [*found, ""] if word == at and outside else [*found[:-1], found[-1] + word]
    return tuple(part.strip() for part in found if part.strip())
