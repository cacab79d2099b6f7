"""Takes the figures: fresh processes, variants in turn."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks._certificate import trusting
from benchmarks._replay import Replay
from benchmarks._variants import Variant
from benchmarks._world import ENVIRONMENT

_PROBE = Path(__file__).with_name("_cold_probe.py")
_SHARED = {
    **ENVIRONMENT,
    "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
    "LAMBDA_TASK_ROOT": "/var/task",
    "_X_AMZN_TRACE_ID": "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0",
    "PATH": os.environ["PATH"],
}


@dataclass(slots=True)
class Figures:
    """What the runs of one variant took."""

    calls: list[str]
    answer: Any
    compiled: list[str]
    init_ms: list[float] = field(default_factory=list)
    call_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    rss_mib: list[float] = field(default_factory=list)
    modules: int = 0

    def add(self, run: dict[str, Any]) -> None:
        """Add one run."""
        self.init_ms.append(run["init_ms"])
        self.call_ms.append(run["call_ms"])
        self.cpu_ms.append(run["cpu_ms"])
        self.rss_mib.append(run["rss_mib"])
        self.modules = run["modules"]

    @property
    def total_ms(self) -> float:
        """The median of init and first call together."""
        return statistics.median(a + b for a, b in zip(self.init_ms, self.call_ms, strict=True))


def run_once(variant: Variant, endpoint: str, *, watch: bool = False) -> dict[str, Any]:
    """Start a process of the bare interpreter, without any installed package; CalledProcessError when it fails."""
    job = {"paths": [str(path) for path in variant.paths], "event": variant.event, "watch": watch}
    environment = {
        **_SHARED,
        "AWS_LAMBDA_FUNCTION_NAME": variant.name,
        "AWS_ENDPOINT_URL": endpoint,
        **variant.environment,
    }
    python = getattr(sys, "_base_executable", sys.executable)
    command = [python, "-S", "-B", "-s", "-P", str(_PROBE), json.dumps(job)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{variant.name}: {done.stderr}{done.stdout}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def measure(variants: Sequence[Variant], certificate: Path, runs: int) -> dict[str, Figures]:
    """Record each variant's AWS calls once from the emulator, then take `runs` figures of each in turn."""
    variants = [_with_authorities(variant, certificate) for variant in variants]
    with ExitStack() as stack:
        servers = {variant.name: stack.enter_context(Replay(certificate)) for variant in variants}
        figures = {variant.name: _record(variant, servers[variant.name]) for variant in variants}
        for _ in range(runs):
            for variant in variants:
                servers[variant.name].rewind()
                figures[variant.name].add(run_once(variant, servers[variant.name].url))
    return figures


def _with_authorities(variant: Variant, certificate: Path) -> Variant:
    bundle = str(trusting(variant.authorities, certificate))
    return replace(variant, environment={**variant.environment, "AWS_CA_BUNDLE": bundle})


def _record(variant: Variant, replay: Replay) -> Figures:
    replay.recording = True
    run = run_once(variant, replay.url, watch=True)
    replay.recording = False
    return Figures(replay.kinds, run["answer"], run["compiled"])
