"""Measures what traces cost a cold start: `python -m benchmarks.tracing`.

The same packaged functions with the setting off and on, taking turns; on means the layer on the path, OpenTelemetry
imported, and the spans of the first call sent to a collector on the loopback that answers at once.
"""

import argparse
import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from benchmarks._certificate import make_certificate
from benchmarks._cold_runs import Figures, measure
from benchmarks._report import machine, merge_results, table, write_section
from benchmarks._variants import Variant, variants
from benchmarks._world import emulated_world

MEASURED: Final = ("submit", "query", "dispatch", "poll", "finalize")
_COLUMNS = ("handler", "init ms", "traced", "both ms", "traced", "CPU ms", "traced", "peak MiB", "traced")
_TEXT = """`python -m benchmarks.tracing`: {runs} fresh processes of each handler, off and on in turn; medians.
{machine}.

`both` is init and first call together, the sending of its spans included. The layer is {layer:.1f} MiB unzipped; where
`tracing` is off it does not travel, and nothing of it is imported."""


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description="Measure what traces cost a cold start")
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--out", type=Path, default=Path("build"))
    parser.add_argument("--dry", action="store_true", help="print only")
    given = parser.parse_args()
    layer = given.out / "embedded/layers/tracing/python"
    with emulated_world() as world, tempfile.TemporaryDirectory() as folder, _collector() as endpoint:
        plain = [one for one in variants(given.out, world) if one.name in MEASURED]
        both = [*plain, *(_traced(one, layer, endpoint) for one in plain)]
        figures = measure(both, make_certificate(Path(folder)), given.runs)
    text = table(_COLUMNS, [_row(one.name, figures[one.name], figures[f"{one.name} traced"]) for one in plain])
    print(text)
    if not given.dry:
        size = sum(path.stat().st_size for path in layer.rglob("*") if path.is_file()) / 2**20
        merge_results("tracing", {name: round(found.total_ms) for name, found in figures.items()})
        write_section("Traces", _TEXT.format(runs=given.runs, machine=machine(), layer=size) + "\n\n" + text)


def _traced(variant: Variant, layer: Path, endpoint: str) -> Variant:
    told = {
        "TRACING": "otlp",
        "OTEL_SERVICE_NAME": variant.name,
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": endpoint,
    }
    return replace(
        variant,
        name=f"{variant.name} traced",
        paths=(*variant.paths, layer),
        environment={**variant.environment, **told},
    )


def _row(name: str, off: Figures, on: Figures) -> list[object]:
    pairs = [
        (statistics.median(one.init_ms), one.total_ms, statistics.median(one.cpu_ms), statistics.median(one.rss_mib))
        for one in (off, on)
    ]
    return [name, *(round(value) for pair in zip(*pairs, strict=True) for value in pair)]


class _Taker(BaseHTTPRequestHandler):
    """Takes spans at once."""

    def do_POST(self) -> None:
        """Answer."""
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@contextmanager
def _collector() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Taker)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/traces"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    main()
