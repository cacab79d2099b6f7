"""One row alone is left of those that admitted a job, and its id comes once more."""

from collections.abc import Iterator
from itertools import count

from reelwright.adapters.aws.table import keys
from reelwright.domain.errors import Conflict
from tests.crash import cloud, staged


def job_left() -> Iterator[str]:
    """Ids that meet by chance do not lay one job over another."""
    yield from _laid_over(keys.JOB)


def request_left() -> Iterator[str]:
    """Nor one request over another."""
    yield from _laid_over(keys.REQUEST)


def hold_left() -> Iterator[str]:
    """Nor one hold over another."""
    yield from _laid_over(keys.HOLD)


def entry_left() -> Iterator[str]:
    """Nor one entry over another: the ledger stays when a job is erased."""
    yield from _laid_over("#hold")


def _laid_over(kind: str) -> Iterator[str]:
    pipeline = staged.pipeline()
    job_id = pipeline.submit().job_id
    for pk, sk in cloud.rows():
        if job_id in pk + sk and kind not in sk:
            pipeline.client.delete_item(TableName=cloud.TABLE, Key=keys.key(pk, sk))
    pipeline.ids.numbers = count(1)
    if not staged.refused(pipeline.submit, Conflict):
        yield f"{kind} was written over"
