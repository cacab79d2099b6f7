"""What people use in place of a scheduler, each on the same load and the same account."""

from collections.abc import Callable
from typing import Final

from benchmarks.scheduling.load import Load
from benchmarks.scheduling.usual.account import Outcome
from benchmarks.scheduling.usual.backoff import backoff
from benchmarks.scheduling.usual.batch import batch
from benchmarks.scheduling.usual.cron import cron
from benchmarks.scheduling.usual.redelivery import redelivery
from benchmarks.scheduling.usual.workers import workers

USUAL: Final[dict[str, Callable[[Load, int], Outcome]]] = {
    "blocking worker per slot": workers,
    "redelivery by visibility timeout": redelivery,
    "exponential backoff on 1303": backoff,
    "one-minute cron": cron,
    "asyncio batch of the guide": batch,
}

__all__ = ["USUAL", "Outcome"]
