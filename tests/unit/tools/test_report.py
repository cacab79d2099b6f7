"""Benchmarks keep each other's figures."""

import json
from pathlib import Path

from benchmarks._report import merge_results, table, write_section


def test_figures_of_other_benchmarks_stay(tmp_path: Path) -> None:
    """Each key is replaced by its own benchmark only."""
    merge_results("one", {"ms": 1}, tmp_path)
    merge_results("two", {"ms": 2}, tmp_path)
    merge_results("one", {"ms": 3}, tmp_path)
    assert json.loads((tmp_path / "results.json").read_text()) == {"one": {"ms": 3}, "two": {"ms": 2}}


def test_a_section_is_replaced_in_place(tmp_path: Path) -> None:
    """Order and neighbours stay as they were."""
    for title, text in (("One", "first"), ("Two", "second"), ("One", "third\n\n### Deeper\n\nmore")):
        write_section(title, text, tmp_path)
    written = (tmp_path / "RESULTS.md").read_text()
    assert "first" not in written
    assert written.index("## One") < written.index("third") < written.index("### Deeper") < written.index("## Two")
    write_section("Two", "second", tmp_path)
    assert (tmp_path / "RESULTS.md").read_text() == written


def test_tables_are_markdown() -> None:
    """Figures are aligned to the right."""
    assert table(("name", "ms"), [("a", 1)]) == "| name | ms |\n| --- | ---: |\n| a | 1 |"
