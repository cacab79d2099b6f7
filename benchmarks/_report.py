"""Keeps all benchmarks' figures together: results.json for machines, RESULTS.md for people, both beside this file."""

import json
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_TITLE = "# What is measured\n\nEach section names the command that makes it again.\n"


def merge_results(key: str, figures: object, folder: Path = _FOLDER) -> None:
    """Put `figures` under `key` of results.json, and leave the other benchmarks' figures as they are."""
    results = _results(folder) | {key: figures}
    (folder / "results.json").write_text(json.dumps(results, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def kept_figures(key: str, folder: Path = _FOLDER) -> Any:
    """What results.json holds under `key`; empty where there is nothing yet."""
    return _results(folder).get(key, {})


def _results(folder: Path) -> dict[str, Any]:
    path = folder / "results.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_section(title: str, body: str, folder: Path = _FOLDER) -> None:
    """Replace the section `title` of RESULTS.md, or add it at the end."""
    path = folder / "RESULTS.md"
    head, *sections = (path.read_text(encoding="utf-8") if path.exists() else _TITLE).split("\n## ")
    fresh = f"{title}\n\n{body.strip()}\n"
    titles = [section.partition("\n")[0] for section in sections]
    if title in titles:
        sections[titles.index(title)] = fresh
    else:
        sections.append(fresh)
    path.write_text("\n## ".join([head.rstrip() + "\n", *(s.rstrip() + "\n" for s in sections)]), encoding="utf-8")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give a Markdown table; the first column is text, the others are figures."""
    rule = ["---", *("---:" for _ in columns[1:])]
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in [columns, rule, *rows])


def machine() -> str:
    """Name what the figures were taken on, without its host name."""
    cpu = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    return f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, {cpu}"


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
