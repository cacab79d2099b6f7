"""Money: admitted within the budget, under one key; settled once."""

from collections.abc import Iterator
from decimal import Decimal
from unittest.mock import patch

from reelwright.adapters.aws.table.requests import TableRequests
from reelwright.domain.errors import OverBudget, TooManyRequests
from tests.crash import cloud, staged
from tests.support.pipeline import CLIP, Pipeline


def same_key() -> Iterator[str]:
    """Two requests under one Idempotency-Key, of which neither saw the other's record, make one job."""
    pipeline = staged.pipeline()
    with patch.object(pipeline.jobs, "idempotent", lambda *_: None):
        jobs = {pipeline.submit(idempotency_key="key").job_id for _ in range(2)}
    if len(jobs) > 1:
        yield "two jobs under one key"


def dearer_than_the_budget() -> Iterator[str]:
    """The first job of a month is refused when the whole budget does not cover it."""
    pipeline = staged.pipeline(units=str(_price() / 2))
    if not staged.refused(pipeline.submit, OverBudget):
        yield "one job costs more than a month's budget"


def dearer_than_what_is_left() -> Iterator[str]:
    """The next one when what is left does not."""
    pipeline = staged.pipeline(units=str(_price() * 3 / 2))
    pipeline.submit()
    if not staged.refused(pipeline.submit, OverBudget):
        yield "the budget is overdrawn"


def budget_raised_meanwhile() -> Iterator[str]:
    """A month's row follows a new budget as a whole, not in name only."""
    pipeline = _raised()
    pipeline.submit()
    yield from _unbalanced()


def budget_followed_meanwhile() -> Iterator[str]:
    """Of two that find the budget changed one alone adds the difference."""
    pipeline = _raised()
    genuine, others = pipeline.client.update_item, iter([pipeline.submit])

    def late(**asked: object) -> object:
        for other in others:
            other()
        return genuine(**asked)

    with patch.object(pipeline.client, "update_item", late):
        pipeline.submit()
    yield from _unbalanced()


def rate_used_up() -> Iterator[str]:
    """The request after the last one of the minute is refused."""
    pipeline = staged.pipeline(rate=1)
    pipeline.submit()
    if not staged.refused(pipeline.submit, TooManyRequests):
        yield "two requests in a minute of one"


def rate_used_up_by_endpoints() -> Iterator[str]:
    """Changes of webhook endpoints count like jobs."""
    pipeline = staged.pipeline(rate=1)
    pipeline.submit()
    requests = TableRequests(pipeline.client, cloud.TABLE)
    if not staged.refused(lambda: requests.count("acme", pipeline.clock.now_ms()), TooManyRequests):
        yield "two requests in a minute of one"


def closed_twice() -> Iterator[str]:
    """A hold that is closed gives nothing back again."""
    pipeline, job_id = staged.at_kling()
    running = pipeline.job(job_id)
    staged.finish(pipeline, job_id)
    left = pipeline.left()
    pipeline.jobs.close_hold(running)
    if pipeline.left() != left:
        yield f"{pipeline.left()} instead of {left} left"


def settled_again() -> Iterator[str]:
    """A hold that somebody opened again moves no money a second time, and overwrites no entry: books are added to."""
    pipeline, job_id = staged.ended()
    left = pipeline.left()
    row = cloud.rows()["TENANT#acme", f"HOLD#{job_id}"]
    pipeline.client.put_item(TableName=cloud.TABLE, Item=row | {"state": {"S": "open"}})
    pipeline.jobs.close_hold(pipeline.job(job_id))
    if pipeline.left() != left:
        yield f"{pipeline.left()} instead of {left} left"


def _raised() -> Pipeline:
    """A tenant whose budget grew after its first job of the month."""
    pipeline = staged.pipeline(units="50")
    pipeline.submit()
    pipeline.tenant(units="100")
    return pipeline


def _price() -> Decimal:
    return staged.pipeline().submitting.estimate(CLIP).units


def _unbalanced() -> Iterator[str]:
    """What a month's row has left, holds and has captured is its budget."""
    (row,) = [row for (_, kind), row in cloud.rows().items() if kind.startswith("BUDGET#")]
    total = sum(Decimal(row[name]["N"]) for name in ("available", "held", "captured"))
    if total != Decimal(row["budget"]["N"]):
        yield f"{total} units in a budget of {row['budget']['N']}"
