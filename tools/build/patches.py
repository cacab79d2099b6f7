"""How third-party code is changed on its way into a package."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_OVERLAY = Path(__file__).parent / "overlay"
_KEPT_DOCS = frozenset({"utils.py"})  # botocore.handlers and boto3's DynamoDB types use its parameter helpers


class PatchError(Exception):
    """A package no longer contains what a patch was written for; look at the patch before upgrading."""


@dataclass(frozen=True, slots=True)
class Patch:
    """Replace `old`, which must stand in the file exactly once, by `new`."""

    file: str
    old: str
    new: str

    def apply(self, site: Path) -> None:
        """Change the file under `site`; PatchError when it is not the file that was expected."""
        path = site / self.file
        text = path.read_text(encoding="utf-8")
        if text.count(self.old) != 1:
            raise PatchError(f"{self.file}: the text to replace occurs {text.count(self.old)} times")
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")


def apply_patches(site: Path, patches: Iterable[Patch]) -> None:
    """Apply every patch to the unpacked wheels under `site`; PatchError when one does not fit."""
    for patch in patches:
        patch.apply(site)


def replace_docs(site: Path) -> None:
    """Put empty docstrings in place of the documentation writers of botocore and boto3."""
    for package in ("botocore", "boto3"):
        _keep_only(site / package / "docs", _KEPT_DOCS)
    shutil.copytree(_OVERLAY, site, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))


def _keep_only(folder: Path, names: frozenset[str]) -> None:
    for path in list(folder.iterdir()):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in names:
            path.unlink()
