"""Changes to third-party code that wheels are shipped with, each with the reason for it."""

import shutil
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


# boto3 imports the transfer manager, with multiprocessing behind it, to answer one question that only uploads ask.
_LAZY_TRANSFER = (
    Patch("boto3/compat.py", "from s3transfer.manager import TransferConfig\n", ""),
    Patch(
        "boto3/compat.py",
        "TRANSFER_CONFIG_SUPPORTS_CRT = hasattr(TransferConfig, 'UNSET_DEFAULT')\n",
        "TRANSFER_CONFIG_SUPPORTS_CRT = True  # UNSET_DEFAULT stands in the pinned s3transfer\n",
    ),
)


def apply_patches(site: Path) -> None:
    """Apply every patch to the unpacked wheels under `site`; PatchError when one does not fit."""
    if "UNSET_DEFAULT" not in (site / "s3transfer/manager.py").read_text(encoding="utf-8"):
        raise PatchError("s3transfer/manager.py: UNSET_DEFAULT is gone, and boto3/compat.py would be patched wrongly")
    for patch in _LAZY_TRANSFER:
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
