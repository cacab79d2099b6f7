"""One synthesis for each stage and session, made from dummy packages: templates do not depend on what is inside."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.infra.synthesis import Stage, synthesize

STAGES = ("embedded", "dev", "prod")


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder with a handler for each function and a file in each layer."""
    base = tmp_path_factory.mktemp("build")
    root = Path(__file__).resolve().parents[2]
    functions = [path.name for path in (root / "functions").iterdir() if path.is_dir()]
    for target in ("embedded", "lambda"):
        for name in {*functions, "poll", "finalize", "dispatch", "sweep"}:
            _put(base / target / "functions" / name / "handler.py")
        for name in ("dependencies", "reelwright", "media", "signing"):
            _put(base / target / "layers" / name / "python" / "module.py")
    return base


@pytest.fixture(scope="session")
def synthesized(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Stage]:
    """Give a stage, synthesized on first use."""

    @cache
    def make(stage: str) -> Stage:
        return synthesize(stage, packages, tmp_path_factory.mktemp(f"out-{stage}"))

    return make


@pytest.fixture(params=STAGES)
def stage(request: pytest.FixtureRequest, synthesized: Callable[[str], Stage]) -> Stage:
    """Each stage in turn."""
    return synthesized(request.param)


@pytest.fixture
def prod(synthesized: Callable[[str], Stage]) -> Stage:
    """The stage that matters most."""
    return synthesized("prod")


@pytest.fixture(scope="session")
def boundary(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A dev stage in an account that demands a permissions boundary."""
    out = tmp_path_factory.mktemp("boundary")
    return synthesize("dev", packages, out, permissions_boundary="account-boundary", alarm_email="night@example.com")


def _put(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# stands for a package\n")
