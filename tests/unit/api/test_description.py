import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from reelwright.api.routes import ROUTES
from tests.unit.api.conftest import load
from tests.unit.api.described import document, validator
from tools.openapi.problems import kinds

ROOT = Path(__file__).resolve().parents[3]


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def contents() -> Iterator[dict[str, Any]]:
    for _, _, operation in operations():
        yield from operation.get("requestBody", {}).get("content", {}).values()
        for response in operation["responses"].values():
            yield from response.get("content", {}).values()
    for message in document()["webhooks"].values():
        yield from message["post"]["requestBody"]["content"].values()


def test_the_committed_description_is_what_the_code_says() -> None:
    """Drift fails here; `python -m tools.openapi` mends it. In a process of its own: handlers are loaded afresh."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "layers/reelwright/python")])
    command = [sys.executable, "-m", "tools.openapi", "--check"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


def test_the_description_is_valid_openapi() -> None:
    """An independent validator accepts it as OpenAPI 3.1."""
    assert document()["openapi"].startswith("3.1")
    validate(document())


def test_every_call_is_described_and_nothing_else() -> None:
    """The table of routes and the description name the same calls."""
    assert {(method, path) for method, path, _ in operations()} == {(r.method, r.path) for r in ROUTES}


@pytest.mark.parametrize("function", ["submit", "query", "endpoints", "webhook"])
def test_every_call_is_answered_by_its_function(function: str) -> None:
    """What a function registers is exactly what the table of routes gives it."""
    app = load(function).app
    registered = {(route.method, route.openapi_path) for route in app._static_routes + app._dynamic_routes}  # noqa: SLF001
    assert registered == {(r.method, r.path) for r in ROUTES if r.function == function}


def test_calls_with_a_scope_need_a_key_in_the_description_too() -> None:
    """Security is declared exactly where a scope is asked for."""
    guarded = {(method, path) for method, path, operation in operations() if operation.get("security")}
    assert guarded == {(r.method, r.path) for r in ROUTES if r.scope}


def test_only_what_changes_something_can_be_refused_to_the_suspended() -> None:
    """403 stands where the tenant's standing is asked for: on every call with a key but the reading ones."""
    refusing = {(method, path) for method, path, operation in operations() if "403" in operation["responses"]}
    assert refusing == {(r.method, r.path) for r in ROUTES if r.scope and r.method != "GET"}


def test_every_example_fits_its_schema() -> None:
    """Examples are the first thing that people copy."""
    checked = 0
    for content in contents():
        for example in content.get("examples", {}).values():
            validator(content["schema"]).validate(example["value"])
            checked += 1
    assert checked > 20


def test_every_error_code_is_explained() -> None:
    """A problem's `type` leads to a meaning inside the description."""
    explained = document()["x-problems"]
    assert set(explained) == set(kinds())
    assert all(meaning["title"] and meaning["description"] for meaning in explained.values())
