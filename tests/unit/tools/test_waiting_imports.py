"""Imports that wait come when they are needed, and what they were for works as before."""

import importlib.util
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import botocore
import certifi
import pytest
import typing_extensions

from tools.build.patches import apply_patches
from tools.build.waiting_imports import MARKS, WAITING

SITE = Path(botocore.__file__).parents[1]
Load = Callable[[str], ModuleType]


@pytest.fixture
def patched(tmp_path: Path) -> Load:
    """Loads a patched file as a module of its own."""
    for name in {patch.file for patch in WAITING}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SITE / name, tmp_path / name)
    apply_patches(tmp_path, WAITING)

    def load(file: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location("patched", tmp_path / file)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


def test_profiles_are_read(patched: Load, tmp_path: Path) -> None:
    """A configuration file means what it meant, and a broken one is called so."""
    file = tmp_path / "config"
    file.write_text("[default]\nregion = eu-central-1\n")
    module = patched("botocore/configloader.py")
    assert module.raw_config_parse(str(file)) == {"default": {"region": "eu-central-1"}}
    file.write_text("region\n")
    with pytest.raises(botocore.exceptions.ConfigParseError):
        module.raw_config_parse(str(file))


def test_the_whole_bundle_is_found(patched: Load) -> None:
    """A client that is told no bundle still gets certifi's."""
    assert patched("botocore/httpsession.py").get_cert_path(verify=True) == certifi.where()


@pytest.mark.parametrize("text", ["2026-01-02T03:04:05Z", "Fri, 02 Jan 2026 03:04:05 GMT"])
def test_times_in_words_are_parsed(patched: Load, text: str) -> None:
    """Answers' times and credentials' ends."""
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert patched("botocore/utils.py").parse_timestamp(text) == moment
    assert patched("botocore/credentials.py")._parse_if_needed(text) == moment  # noqa: SLF001


def test_marks_are_the_marks_of_typing_extensions() -> None:
    """A marked function is the same function with the same note on it."""
    texts = {patch.new for patch in MARKS if "def " in patch.new}
    assert len(texts) == 3
    for text in texts:
        ours: dict[str, Any] = {}
        exec(text, ours)  # noqa: S102
        for name in {"deprecated", "override"} & ours.keys():
            assert marked(ours[name], name) == marked(getattr(typing_extensions, name), name)


def marked(mark: Any, name: str) -> dict[str, object]:
    """What a mark leaves on a function, which stays itself."""

    def function() -> None: ...

    same = mark("why", category=None)(function) if name == "deprecated" else mark(function)
    assert same is function
    return dict(vars(function))
