"""Once a minute somebody looks what has ended and fills what is free."""

from heapq import heappop, heappush

from benchmarks.scheduling.latencies import Dice, Latencies
from benchmarks.scheduling.load import Load
from benchmarks.scheduling.usual.account import Outcome, PlainAccount

MINUTE_MS = 60_000


def cron(load: Load, seed: int) -> Outcome:
    """Creates follow each other; whatever ends after the look waits for the next one."""
    account, dice, took = PlainAccount(load), Dice(seed), Latencies()
    held, job, tick = list[float](), 0, 0.0
    while job < load.jobs:
        now = tick
        while held and held[0] <= tick:
            heappop(held)
        while len(held) < load.slots and job < load.jobs and now < tick + MINUTE_MS:
            now += dice.around(took.kling_create)
            end = account.create(now, job)
            if end is None:
                break
            heappush(held, end)
            job += 1
        tick += MINUTE_MS
    return account.outcome()
