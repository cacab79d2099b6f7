"""Where the library calls the outside: every such line, read from the source, so that none can be forgotten.

A site is a line of a use case that calls a port, or of an adapter that calls a client. Left out are only lines that no
flow of a job contains: reads behind the API's GETs, and the operator's commands.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from tests.crash.effects import LIBRARY, Effect

PORTS: Final = {"jobs", "lanes", "tenants", "hints", "images", "provider", "workflows", "copier"}
CLIENTS: Final = {"_client", "client"}
READ_BY_QUERY: Final = {"page", "usage", "api_key", "rows_by_key"}
OPERATORS: Final = {"put", "put_api_key", "_put"}
NO_CALL: Final = {"exceptions", "get_paginator"}
TELLING: Final = {
    "bus.py",
    "delivery_hints.py",
    "outbox.py",
    "endpoints.py",
    "deliveries.py",
    "audience.py",
    "requests.py",
}
"""What happens after a job's end is killed in a suite of its own: tests/integration/tell/test_every_crash.py."""
FLOWS: Final = (
    *("callback", "cancel", "dispatch", "opening", "choosing", "learning", "submission", "outcomes", "submit"),
    *("poll", "finalize", "delivering", "ending"),
    *("sweep", "overdue", "holding", "tending", "repairs", "forecasting", "observing"),
)


def all_sites() -> frozenset[tuple[str, int]]:
    """Every site, as file and line."""
    return frozenset((*_in_use_cases(), *_in_adapters()))


def reached(effects: Iterable[Effect]) -> frozenset[tuple[str, int]]:
    """The sites that lay on the stack of some effect."""
    lines = frozenset(line for effect in effects for line in effect.lines)
    return frozenset(site for site in all_sites() if any((site[0], line) in lines for line in _span(site)))


def _span(site: tuple[str, int]) -> range:
    """A call that is spread over lines is found at one of them."""
    return range(site[1], _ends[site] + 1)


_ends: dict[tuple[str, int], int] = {}


def _in_use_cases() -> Iterator[tuple[str, int]]:
    for name in FLOWS:
        yield from _calls(Path(LIBRARY, "use_cases", f"{name}.py"), PORTS, set())


def _in_adapters() -> Iterator[tuple[str, int]]:
    for folder in ("aws", "aws/table", "media"):
        paths = (path for path in Path(LIBRARY, "adapters", folder).glob("*.py") if path.name not in TELLING)
        for path in sorted(paths):
            skipped = READ_BY_QUERY | (OPERATORS if path.name == "tenants.py" else set())
            yield from _calls(path, CLIENTS, skipped)


def _calls(path: Path, objects: set[str], skipped: set[str]) -> Iterator[tuple[str, int]]:
    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef) and function.name not in skipped:
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and _outside(call.func, objects):
                    _ends[str(path), call.lineno] = call.end_lineno or call.lineno
                    yield str(path), call.lineno


def _outside(called: ast.expr, objects: set[str]) -> bool:
    """`self.jobs.save`, `self._client.put_item`, `client.abort_multipart_upload`."""
    if not isinstance(called, ast.Attribute) or called.attr in NO_CALL:
        return False
    owner = called.value
    name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return name in objects
