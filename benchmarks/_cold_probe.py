"""Runs inside each fresh process: imports a handler, makes its first call, and prints what both cost as JSON.

What awslambdaric, Lambda's own runtime client, has loaded by then is loaded here too, so a handler pays for the rest.
"""

import concurrent.futures.thread  # noqa: F401 - the runtime client's
import decimal  # noqa: F401 - the runtime client's
import importlib
import json
import logging
import os
import sys
import time
import traceback  # noqa: F401 - the runtime client's
from types import SimpleNamespace
from typing import Any


def context() -> Any:
    """Give what a Lambda runtime passes beside the event."""
    return SimpleNamespace(
        function_name=os.environ["AWS_LAMBDA_FUNCTION_NAME"],
        memory_limit_in_mb=512,
        invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:bench",
        aws_request_id="00000000-0000-4000-8000-000000000000",
        get_remaining_time_in_millis=lambda: 20_000,
    )


def peak_kib() -> int:
    """Give the peak memory of this program; getrusage's figure would include that of the process that forked it."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - pathlib may not be loaded yet
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def main() -> None:
    """Import, call, report."""
    job = json.loads(sys.argv[1])
    compiled = _watch_compiler() if job["watch"] else []
    sys.path[:0] = job["paths"]
    started, spent = time.perf_counter(), time.process_time()
    handler = importlib.import_module("handler")
    imported = time.perf_counter()
    answer = handler.handler(job["event"], context())
    called = time.perf_counter()
    figures = {
        "init_ms": 1000 * (imported - started),
        "call_ms": 1000 * (called - imported),
        "cpu_ms": 1000 * (time.process_time() - spent),
        "rss_mib": peak_kib() / 1024,
        "modules": len(sys.modules),
        "compiled": compiled,
        "answer": answer,
    }
    sys.__stdout__.write("\n" + json.dumps(figures, default=str) + "\n")  # type: ignore[union-attr]


def _watch_compiler() -> list[str]:
    """Collect the source files that Python compiles from now on."""
    seen: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "compile" and str(arguments[1]).endswith(".py"):
            seen.append(str(arguments[1]))

    sys.addaudithook(watch)
    return seen


if __name__ == "__main__":
    logging.getLogger().addHandler(logging.NullHandler())
    main()
