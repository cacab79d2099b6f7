"""One blocking worker a slot: create, ask every five seconds, download, take the next job."""

from heapq import heapify, heappop, heappush

from benchmarks.scheduling.latencies import Dice, Latencies
from benchmarks.scheduling.load import Load
from benchmarks.scheduling.usual.account import Outcome, PlainAccount

POLL_MS = 5_000
AGAIN_MS = 5_000


def workers(load: Load, seed: int) -> Outcome:
    """The worker is busy while it downloads, and so is its slot for nothing."""
    account, dice, took = PlainAccount(load), Dice(seed), Latencies()
    ready = [(dice.around(took.kling_create) / 2, worker) for worker in range(load.slots)]
    heapify(ready)
    job = 0
    while job < load.jobs:
        now, worker = heappop(ready)
        end = account.create(now, job)
        if end is None:
            heappush(ready, (now + AGAIN_MS, worker))
            continue
        job += 1
        seen = now + -(-(end - now) // POLL_MS) * POLL_MS + dice.around(took.kling_look_up)
        heappush(ready, (seen + dice.around(took.copy) + dice.around(took.kling_create), worker))
    return account.outcome()
