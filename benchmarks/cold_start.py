"""Measures the cold start of every packaged function: `python -m benchmarks.cold_start`.

Each run is a fresh process of the bare interpreter that imports the handler (init), makes its first call against
recorded AWS answers on the loopback, and reads its peak memory. Variants take turns, so that a busy machine is busy for
all of them.
"""

import argparse
import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks._certificate import make_certificate
from benchmarks._cold_runs import Figures, measure
from benchmarks._report import kept_figures, machine, merge_results, table, write_section
from benchmarks._variants import PLAIN, ZIPPED, variants
from benchmarks._world import emulated_world

_COLUMNS = (
    "handler",
    "init ms",
    "min",
    "first call ms",
    "both ms",
    "plain / this",
    "CPU ms",
    "plain / this",
    "before",
    "peak MiB",
    "modules",
    "AWS calls",
)
_TEXT = """`python -m benchmarks.cold_start`: {runs} fresh processes of each handler, taking turns; medians. {machine}.
Times are of this machine: read the ratios; those of the CPU time (of init and first call together) hold on a busy
machine too. AWS is a loopback server with TLS that replays recorded answers at once;
each handler trusts the authorities it is packaged with (`plain`: certifi's), and the loopback's. What Lambda's runtime
has loaded by itself (json, logging, decimal and the like) is loaded before the clock starts, for all alike.

`plain` is `benchmarks/plain/handler.py`: boto3 clients (and a table resource), Powertools Logger, Metrics, Tracer
(X-Ray SDK, as Lambda runs it with an unsampled trace) and resolver with validation, Pydantic, and a requests session,
imported at the top from whole wheels as pip installs them, with valid bytecode: the row that the ratios are taken to.
`plain, CDK zip` is the same folder as the usual tooling ships it: the CDK's zips date every file 1980-01-01, which
invalidates bytecode that is checked by time, and /var/task cannot be written to, so every module is compiled at each
cold start. The others are the functions as packaged; neither they nor `plain` compiled source at their start.

`before` is the ratio of CPU time as it was before there were events, webhooks and traces (commit 62fde09)."""


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description="Measure the cold start of every packaged function")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--out", type=Path, default=Path("build"))
    parser.add_argument("--dry", action="store_true", help="print only")
    parser.add_argument("--only", nargs="+", default=[], help="these handlers, and the plain one; implies --dry")
    arguments = parser.parse_args()
    with emulated_world() as world, tempfile.TemporaryDirectory() as folder:
        compared = [one for one in variants(arguments.out, world) if _wanted(one.name, arguments.only)]
        figures = measure(compared, make_certificate(Path(folder)), arguments.runs)
    _refuse_compiled(figures)
    before = kept_figures("cold_start_before")
    text = table(_COLUMNS, [_row(found, figures[PLAIN], name, before) for name, found in figures.items()])
    print(text)
    if not (arguments.dry or arguments.only):
        merge_results("cold_start", {name: _kept(found) for name, found in figures.items()})
        write_section("Cold start", _TEXT.format(runs=arguments.runs, machine=machine()) + "\n\n" + text)


def _wanted(name: str, only: list[str]) -> bool:
    return not only or name in {PLAIN, *only}


def _refuse_compiled(figures: dict[str, Figures]) -> None:
    """The row that is there to compile has to; no other may."""
    wrong = {name: len(found.compiled) for name, found in figures.items() if bool(found.compiled) != (name == ZIPPED)}
    if wrong:
        raise SystemExit(f"modules compiled at start: {wrong}")


def _row(found: Figures, plain: Figures, name: str, before: Mapping[str, float]) -> list[object]:
    kept = _kept(found)
    return [
        name,
        kept["init_ms"],
        round(min(found.init_ms)),
        kept["call_ms"],
        kept["total_ms"],
        f"{plain.total_ms / found.total_ms:.1f}",
        kept["cpu_ms"],
        f"{statistics.median(plain.cpu_ms) / statistics.median(found.cpu_ms):.1f}",
        before.get(name, ""),
        kept["rss_mib"],
        kept["modules"],
        ", ".join(found.calls),
    ]


def _kept(found: Figures) -> dict[str, Any]:
    return {
        "init_ms": round(statistics.median(found.init_ms)),
        "call_ms": round(statistics.median(found.call_ms)),
        "total_ms": round(found.total_ms),
        "cpu_ms": round(statistics.median(found.cpu_ms)),
        "rss_mib": round(statistics.median(found.rss_mib), 1),
        "modules": found.modules,
        "runs": len(found.init_ms),
    }


if __name__ == "__main__":
    main()
