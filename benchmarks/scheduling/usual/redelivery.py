"""A message a job; a consumer that finds no free slot lets the message become visible again."""

from heapq import heapify, heappop, heappush

from benchmarks.scheduling.latencies import Dice, Latencies
from benchmarks.scheduling.load import Load
from benchmarks.scheduling.usual.account import Outcome, PlainAccount

VISIBILITY_MS = 30_000
"""SQS's default."""
CONSUMERS = 10
HANDLING_MS = 50


def redelivery(load: Load, seed: int) -> Outcome:
    """Slots are counted on our side, so no call is wasted; receives are."""
    account, dice, took = PlainAccount(load), Dice(seed), Latencies()
    visible = [(0.0, job) for job in range(load.jobs)]
    consumers, held = [0.0] * CONSUMERS, list[float]()
    heapify(visible)
    while visible:
        shown, job = heappop(visible)
        now = max(shown, heappop(consumers))
        while held and held[0] <= now:
            heappop(held)
        end = account.create(now, job) if len(held) < load.slots else None
        heappush(consumers, now + HANDLING_MS + (dice.around(took.kling_create) if end else 0))
        if end is None:
            heappush(visible, (now + VISIBILITY_MS, job))
        else:
            heappush(held, end + dice.around(took.kling_callback))
    return account.outcome()
