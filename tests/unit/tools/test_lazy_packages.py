"""Lazy packages offer the same names, later."""

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import aws_lambda_powertools
import pytest

from tools.build.lazy_packages import PACKAGES, lazy_source
from tools.build.patches import PatchError

SITE = Path(aws_lambda_powertools.__file__).parents[1]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package `parcel` of two modules, one of which bears the name of what it holds."""
    folder = tmp_path / "parcel"
    folder.mkdir()
    (folder / "first.py").write_text("Thing = 'thing'\n")
    (folder / "second.py").write_text("def second():\n    return 2\n")
    (folder / "__init__.py").write_text('"""A parcel."""\nfrom .first import Thing\nfrom .second import second\n')
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "parcel"]:
        del sys.modules[name]


def make_lazy(package: Path) -> None:
    """Rewrite the package's __init__.py."""
    path = package / "__init__.py"
    path.write_text(lazy_source(path.read_text(), package))


def test_a_module_is_imported_when_its_name_is_asked_for(package: Path) -> None:
    """Importing the package imports nothing that no submodule shadows."""
    make_lazy(package)
    parcel = importlib.import_module("parcel")
    assert "parcel.first" not in sys.modules
    assert parcel.Thing == "thing"
    assert "parcel.first" in sys.modules


def test_a_function_named_as_its_module_stays_a_function(package: Path) -> None:
    """Importing the submodule afterwards does not overwrite it."""
    make_lazy(package)
    parcel = importlib.import_module("parcel")
    importlib.import_module("parcel.second")
    assert parcel.second() == 2


def test_an_unknown_name_is_an_attribute_error(package: Path) -> None:
    """`hasattr` and `from … import …` fail as they do on any module."""
    make_lazy(package)
    assert not hasattr(importlib.import_module("parcel"), "Nothing")


def test_a_package_that_does_more_is_refused(package: Path) -> None:
    """What a call at import does would be lost."""
    with pytest.raises(PatchError):
        lazy_source("import logging\nlogging.getLogger()\n", package)


@pytest.mark.parametrize("name", PACKAGES)
def test_powertools_packages_offer_every_name(name: str) -> None:
    """The lazy form lists exactly the names that the package re-exports."""
    folder = SITE / name
    tree = ast.parse(lazy_source((folder / "__init__.py").read_text(encoding="utf-8"), folder))
    listed = next(
        ast.literal_eval(one.value)
        for one in tree.body
        if isinstance(one, ast.Assign) and "__all__" in ast.unparse(one)
    )
    assert set(listed) >= set(importlib.import_module(name.replace("/", ".")).__all__)
