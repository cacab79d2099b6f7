"""Runs the simulator alone: `python -m tests.simulators.kling --help`."""

import argparse
import json
import os
import signal
import sys
import threading
from decimal import Decimal

from tests.simulators.kling.clock import Clock, RealClock, VirtualClock
from tests.simulators.kling.settings import ACCESS_KEY, SECRET_KEY, Settings
from tests.simulators.kling.simulator import KlingSimulator


def parser() -> argparse.ArgumentParser:
    """Return the command line; keys may come from the environment instead."""
    line = argparse.ArgumentParser(prog="kling-simulator", description="A Kling API on 127.0.0.1.")
    line.add_argument("--port", type=int, default=0, help="0 takes any free one")
    line.add_argument("--access-key", default=os.environ.get("KLING_ACCESS_KEY", ACCESS_KEY))
    line.add_argument("--secret-key", default=os.environ.get("KLING_SECRET_KEY", SECRET_KEY))
    line.add_argument("--account", action="append", default=[], metavar="AK:SK", help="one more account; repeatable")
    line.add_argument("--concurrency", type=int, default=5, help="unfinished tasks per account and model")
    line.add_argument("--concurrency-of", action="append", default=[], metavar="MODEL=N", help="repeatable")
    line.add_argument("--requests-per-second", type=int, default=None, help="per account; none by default")
    line.add_argument("--pack-units", type=Decimal, default=Decimal(60_000))
    line.add_argument("--webhook-secret", action="append", default=[], help="whsec_…; repeatable for rotation")
    line.add_argument("--time-scale", type=float, default=1.0, help="divides rendering times")
    line.add_argument("--virtual-clock", action="store_true", help="time moves by POST /_control/advance only")
    line.add_argument("--seed", type=int, default=0)
    line.add_argument("--failure-rate", type=float, default=0.0)
    line.add_argument("--link-ttl-seconds", type=int, default=30 * 86_400)
    line.add_argument("--render", choices=("real", "tiny"), default="real")
    return line


def settings(given: argparse.Namespace) -> Settings:
    """Return the settings of a command line."""
    more = dict(account.split(":", 1) for account in given.account)
    by_model = {name: int(number) for name, number in (item.split("=", 1) for item in given.concurrency_of)}
    return Settings(
        accounts={given.access_key: given.secret_key, **more},
        concurrency=given.concurrency,
        concurrency_by_model=by_model,
        requests_per_second=given.requests_per_second,
        pack_units=given.pack_units,
        webhook_secrets=tuple(given.webhook_secret),
        time_scale=given.time_scale,
        seed=given.seed,
        failure_rate=given.failure_rate,
        link_ttl_seconds=given.link_ttl_seconds,
        render=given.render,
    )


def main() -> None:
    """Serve until SIGTERM or SIGINT; one JSON line tells where, once ready."""
    given, ended = parser().parse_args(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    real = RealClock()
    clock: Clock = VirtualClock(real.now_ms()) if given.virtual_clock else real
    with KlingSimulator(settings(given), clock=clock, auth_clock=real, serve=True, port=given.port) as simulator:
        sys.stdout.write(json.dumps({"base_url": simulator.base_url, "pid": os.getpid()}) + "\n")
        sys.stdout.flush()
        ended.wait()


if __name__ == "__main__":
    main()
