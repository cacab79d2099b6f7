"""Finds every condition in the source: what reads like one is one, and what was sent must have been found."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import infra
import reelwright
from tests.crash.conditions.clause import Clause, parts
from tests.crash.conditions.reading import OF_S3, places, texts
from tests.support.table import INDEXES

LIBRARY: Final = Path(reelwright.__path__[0])
ROOTS: Final = {"": LIBRARY, "infra.": Path(infra.__path__[0]), "functions.": LIBRARY.parents[3] / "functions"}
"""Where a condition may stand, by how a mutation's target begins: the state machine parks its token by one too."""

KEYS: Final = "|".join(("pk", *(partition for (partition, _), _ in INDEXES.values())))
_TESTS: Final = re.compile(
    r"\b(attribute_(not_)?exists|attribute_type|begins_with|contains|size)\(| (=|<>|<=?|>=?) :|\bIN \("
)
_NO_CONDITION: Final = re.compile(rf"\s*(,|SET |REMOVE |ADD |DELETE |({KEYS}) = :)")
"""Changes, pieces of changes, and the keys of queries."""


@cache
def clauses() -> tuple[Clause, ...]:
    """All clauses of all conditions, in the order of the source."""
    return tuple(clause for name, source in sources() for clause in of_source(name, source))


def sources() -> Iterator[tuple[str, str]]:
    """Every module that is deployed, or deploys, with its text."""
    for before, root in ROOTS.items():
        for path in sorted(root.rglob("*.py")):
            yield before + ".".join(path.relative_to(root).with_suffix("").parts), path.read_text()


def of_source(module: str, source: str) -> Iterator[Clause]:
    """The clauses that one module's source holds."""
    if not (_TESTS.search(source) or any(word in source for word in OF_S3)):
        return
    for place, node in places(ast.parse(source)):
        yield from (Clause(f"{module}:{place}", clause) for text in texts(node) for clause in _of_text(text))


def _of_text(text: str) -> tuple[str, ...]:
    if text.split("=", maxsplit=1)[0] in OF_S3:
        return (text,)
    return parts(text) if _TESTS.search(text) and not _NO_CONDITION.match(text) else ()


def known(condition: str) -> bool:
    """True when every clause of a condition that was sent stands in the source."""
    return all(any(_pattern(one.text).fullmatch(part) for one in clauses()) for part in parts(condition))


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(r"[\w#]+".join(map(re.escape, re.split(r"\{\w+\}", text))))
