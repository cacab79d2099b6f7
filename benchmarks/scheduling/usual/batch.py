"""The asyncio batch: ten at a time, paced, the semaphore released on the response, three rounds of what failed."""

from heapq import heapify, heapreplace

from benchmarks.scheduling.latencies import Dice, Latencies
from benchmarks.scheduling.load import Load
from benchmarks.scheduling.usual.account import Outcome, PlainAccount

AT_ONCE = 10
ROUNDS = 1 + 3


def batch(load: Load, seed: int) -> Outcome:
    """A round ends when all its tasks have; what Kling answered 1303 to goes into the next one."""
    account, dice, took = PlainAccount(load), Dice(seed), Latencies()
    gap = 60_000 / load.per_minute if load.per_minute else 0.0
    left, began = list(range(load.jobs)), 0.0
    for _ in range(ROUNDS):
        failed, free, due = list[int](), [began] * AT_ONCE, began
        heapify(free)
        for job in left:
            now = max(free[0], due)
            due = now + gap
            if account.create(now, job) is None:
                failed.append(job)
            heapreplace(free, now + dice.around(took.kling_create))
        left, began = failed, max(account.last_ms, free[0])
    return account.outcome()
