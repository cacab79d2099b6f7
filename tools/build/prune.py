"""Takes out of unpacked wheels what no function reads at run time."""

import shutil
from collections.abc import Iterator
from pathlib import Path

# What importlib.metadata and a licence audit need; RECORD, INSTALLER and the like only describe the installation.
_KEPT_METADATA = ("METADATA", "licen", "notice", "copying", "authors")
_DROPPED_FOLDERS = ("bin", "boto3/data", "boto3/examples", "__pycache__")
_DROPPED_PATTERNS = ("**/__pycache__", "**/*.pyi", "**/*.pyx", "**/*.c")


def prune(site: Path, *, entry_points: bool = False) -> None:
    """Thin out `site`, a folder that wheels were unpacked into; `entry_points` keeps those that packages find."""
    kept = (*_KEPT_METADATA, *(("entry_points",) if entry_points else ()))
    for path in [*_unused(site), *_installation_records(site, kept)]:
        _remove(path)
    for metadata in site.glob("*.dist-info/METADATA"):
        _drop_description(metadata)


def _unused(site: Path) -> Iterator[Path]:
    yield from (site / name for name in _DROPPED_FOLDERS)
    for pattern in _DROPPED_PATTERNS:
        yield from sorted(site.glob(pattern))


def _installation_records(site: Path, kept: tuple[str, ...]) -> Iterator[Path]:
    for path in sorted(site.glob("*.dist-info/*")):
        if not any(one.lower() in path.name.lower() for one in kept):
            yield path


def _drop_description(metadata: Path) -> None:
    """Keep the headers; the body is the project's page on the package index."""
    headers, _, _ = metadata.read_text(encoding="utf-8").partition("\n\n")
    metadata.write_text(headers + "\n", encoding="utf-8")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
