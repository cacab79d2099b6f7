"""Patches fit the pinned packages and change nothing that can be observed."""

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import boto3
import botocore.session
import pytest
import urllib3.util.url
from s3transfer.manager import TransferConfig

from tools.build.botocore_services import SERVICES
from tools.build.patches import Patch, PatchError, apply_patches, replace_docs
from tools.build.third_party import PATCHES, SERVICE_IDS

SITE = Path(boto3.__file__).parents[1]
ADDRESSES = ("::1", "fe80::1%25eth0", "[::1]", "[fe80::1%25eth0]", "10.0.0.1", "s3.amazonaws.com", "[::", "", ":")


@pytest.fixture
def patched(tmp_path: Path) -> Path:
    """Copies of the files that are patched, patched."""
    for name in {patch.file for patch in PATCHES}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SITE / name, tmp_path / name)
    apply_patches(tmp_path, PATCHES)
    return tmp_path


def load(path: Path, name: str) -> ModuleType:
    """Run a file as a module of a package that is installed."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_patch_fits_the_pinned_packages(patched: Path) -> None:
    """The patched files are still Python."""
    for path in patched.rglob("*.py"):
        compile(path.read_text(encoding="utf-8"), str(path), "exec")


def test_a_patch_that_does_not_fit_fails(tmp_path: Path) -> None:
    """An upgrade that moves the text is noticed at build time."""
    (tmp_path / "a.py").write_text("x = 1\nx = 1\n")
    for old in ("y = 1", "x = 1"):
        with pytest.raises(PatchError):
            Patch("a.py", old, "").apply(tmp_path)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("expression", ["_IPV6_ADDRZ_RE", "_BRACELESS_IPV6_ADDRZ_RE"])
def test_waiting_expressions_match_what_the_compiled_ones_match(
    patched: Path, address: str, expression: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IPv6 addresses are still told from names."""
    monkeypatch.setitem(sys.modules, "urllib3.util.patched", ModuleType("patched"))
    module = load(patched / "urllib3/util/url.py", "urllib3.util.patched")
    original = getattr(urllib3.util.url, expression).match(address)
    assert bool(getattr(module, expression).match(address)) == bool(original)


def test_the_services_in_use_keep_their_aliases() -> None:
    """Botocore names events by service id; each used service's id is listed."""
    session = botocore.session.Session()
    ids = {session.get_service_model(name).service_id.hyphenize() for name in SERVICES}
    assert ids <= set(SERVICE_IDS)


def test_uploads_may_use_what_boto3_is_told_about_transfers() -> None:
    """The constant that a patch writes is what the pinned s3transfer would answer."""
    assert hasattr(TransferConfig, "UNSET_DEFAULT")


def test_only_the_used_part_of_the_documentation_writers_remains(tmp_path: Path) -> None:
    """The parameter helpers stay, the docstrings are empty, the writers are gone."""
    for package in ("botocore", "boto3"):
        shutil.copytree(SITE / package / "docs", tmp_path / package / "docs")
    replace_docs(tmp_path)
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.py")}
    names = ("__init__.py", "docstring.py", "utils.py")
    assert left == {f"{package}/docs/{name}" for package in ("botocore", "boto3") for name in names}
    assert not load(tmp_path / "botocore/docs/docstring.py", "bare").ClientMethodDocstring(operation_model=object())


def test_every_docstring_class_has_its_bare_twin() -> None:
    """Whatever boto3 and botocore import from their writers is there."""
    overlay = Path(replace_docs.__code__.co_filename).parent / "overlay"
    for package in ("botocore", "boto3"):
        original = importlib.import_module(f"{package}.docs.docstring")
        bare = load(overlay / package / "docs/docstring.py", "bare")
        needed = {name for name in vars(original) if name.endswith("Docstring")}
        assert needed <= set(vars(bare))
