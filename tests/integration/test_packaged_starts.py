"""Packaged functions start with what they are shipped with, and with no more. Building them fetches pinned wheels."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools.build.bytecode import ROOT
from tools.build.package import build
from tools.build.parts import parts
from tools.build.targets import TARGETS
from tools.openapi.request_shape import SHAPES

FUNCTIONS = sorted(Path(part.path).name for part in parts() if part.path.startswith("functions/"))
LAYERS = ("reelwright", "dependencies", "signing")
SCRIPT = (
    "import json, sys; sys.path[:0] = json.loads(sys.argv[1]); import handler; print(json.dumps(sorted(sys.modules)))"
)


@pytest.fixture(scope="module")
def base() -> Path:
    """The packages for this machine, up to date."""
    list(build(TARGETS["embedded"], ROOT / "build"))
    return ROOT / "build/embedded"


def modules(base: Path, name: str) -> set[str]:
    """What a bare interpreter, without any installed package, has loaded once it imported the handler."""
    paths = [str(base / "functions" / name), *(str(base / f"layers/{layer}/python") for layer in LAYERS)]
    python = getattr(sys, "_base_executable", sys.executable)
    command = [python, "-S", "-B", "-s", "-P", "-c", SCRIPT, json.dumps(paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"AWS_REGION": "us-east-1"})
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_function_loads_pydantic(base: Path, name: str) -> None:
    """Its model is read as a JSON Schema; Pydantic itself is not even shipped."""
    loaded = modules(base, name)
    assert "handler" in loaded
    assert not {one for one in loaded if one.partition(".")[0] in {"pydantic", "pydantic_core"}}
    assert not list(base.glob("layers/*/python/pydantic*"))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_function_loads_what_traces_need(base: Path, name: str) -> None:
    """OpenTelemetry stands in a layer of its own, which travels only where a stage asks for traces."""
    assert not {one for one in modules(base, name) if one.partition(".")[0] == "opentelemetry"}
    assert [path.parts[-3] for path in base.glob("layers/*/python/opentelemetry")] == ["tracing"]


@pytest.mark.parametrize("name", ["submit", "query", "endpoints", "webhook", "authorizer"])
def test_functions_on_the_path_of_a_request_load_nothing_that_can_wait(base: Path, name: str) -> None:
    """What the build makes wait is not brought back by another import."""
    waiting = {"certifi", "configparser", "dateutil.parser", "s3transfer", "typing_extensions", "requests"}
    assert not modules(base, name) & waiting


def test_the_library_carries_the_schemas_and_not_the_models(base: Path) -> None:
    """The files that bodies are read by travel with the library."""
    api = base / "layers/reelwright/python/reelwright/api"
    assert {path.stem for path in api.glob("*.json")} == set(SHAPES)
    assert not {*api.glob("video_request.py"), *api.glob("webhook_requests.py")}
