"""What is left of unpacked wheels runs, and can be audited."""

import importlib.metadata
from pathlib import Path

import pytest

from tools.build.prune import prune

METADATA = "Metadata-Version: 2.4\nName: thing\nVersion: 1.2\n\nA page long as a book.\n"
FILES = {
    "thing/__init__.py": "",
    "thing/__init__.pyi": "",
    "thing/__pycache__/x.pyc": "",
    "bin/thing": "",
    "boto3/data/s3.json": "{}",
    "boto3/session.py": "",
    "thing-1.2.dist-info/METADATA": METADATA,
    "thing-1.2.dist-info/RECORD": "",
    "thing-1.2.dist-info/INSTALLER": "uv",
    "thing-1.2.dist-info/entry_points.txt": "",
    "thing-1.2.dist-info/licenses/LICENSE": "MIT",
    "thing-1.2.dist-info/NOTICE": "",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A pruned folder of unpacked wheels."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    prune(tmp_path)
    return tmp_path


def test_only_what_runs_and_its_licences_remain(site: Path) -> None:
    """Scripts, stubs, caches, resource data and records of the installation are gone."""
    left = {str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()}
    info = {f"thing-1.2.dist-info/{name}" for name in ("METADATA", "licenses/LICENSE", "NOTICE")}
    assert left == {"thing/__init__.py", "boto3/session.py"} | info


def test_versions_can_still_be_asked_for(site: Path) -> None:
    """importlib.metadata finds the headers; the page is gone."""
    (found,) = importlib.metadata.distributions(path=[str(site)])
    assert (found.name, found.version) == ("thing", "1.2")
    assert "book" not in (site / "thing-1.2.dist-info/METADATA").read_text()
