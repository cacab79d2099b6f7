"""One synthesis for each stage and session, made from dummy packages: templates do not depend on what is inside."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from local.stage import Stage
from tests.infra.synthesis import synthesize

STAGES = ("embedded", "dev", "prod")
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/8f3f1ac0-9a3c-4f2b-a9b0-2f0d1c5e7a11"


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder with a handler for each function and a file in each layer."""
    base = tmp_path_factory.mktemp("build")
    root = Path(__file__).resolve().parents[2]
    functions = [path.name for path in (root / "functions").iterdir() if path.is_dir()]
    for target in ("embedded", "lambda"):
        for name in {*functions, "poll", "finalize", "dispatch", "sweep"}:
            _put(base / target / "functions" / name / "handler.py")
        for name in ("dependencies", "reelwright", "media", "signing", "tracing"):
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


@pytest.fixture(scope="session")
def guarded(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A prod stage with everything that the owner may add: a domain, and a key of its own."""
    out = tmp_path_factory.mktemp("guarded")
    return synthesize("prod", packages, out, own_key="on", domain="video.example.com", certificate_arn=CERTIFICATE)


def _put(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# stands for a package\n")
