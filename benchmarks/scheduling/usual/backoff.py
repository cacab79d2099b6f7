"""Every job asks Kling itself and backs off while the account is full."""

from heapq import heapify, heappop, heappush

from benchmarks.scheduling.latencies import Dice, Latencies
from benchmarks.scheduling.load import Load
from benchmarks.scheduling.usual.account import Outcome, PlainAccount

FIRST_MS, LONGEST_MS = 1_000, 60_000


def backoff(load: Load, seed: int) -> Outcome:
    """Doubling from one second to a minute, with full jitter."""
    account, dice, took = PlainAccount(load), Dice(seed), Latencies()
    asking = [(float(dice.around(took.kling_create) // 2), job, 0) for job in range(load.jobs)]
    heapify(asking)
    while asking:
        now, job, tries = heappop(asking)
        if account.create(now, job) is None:
            wait = dice.below(min(LONGEST_MS, FIRST_MS * 2 ** min(tries, 10))) + dice.around(took.kling_create)
            heappush(asking, (now + wait, job, tries + 1))
    return account.outcome()
