"""Erasing: not while anything of the tenant's may still cost or come."""

from collections.abc import Iterator

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.ops.desks import TableTenantDesk
from reelwright.adapters.aws.ops.eraser import BucketAndTableEraser
from reelwright.adapters.aws.ops.records import TableRecords
from reelwright.domain.errors import Conflict
from reelwright.use_cases.ops.changes import Hand
from reelwright.use_cases.ops.erasure import EraseTenant
from tests.crash import cloud, staged
from tests.support.pipeline import Pipeline


def not_suspended() -> Iterator[str]:
    """What comes while a tenant is erased would be left."""
    pipeline = staged.pipeline()
    yield from _erased(pipeline)


def hold_open() -> Iterator[str]:
    """A hold is settled by what its job's row says; that of a living job is open."""
    pipeline, job_id = staged.ended()
    pipeline.tenants.put(staged.plan(suspended=True))
    row = cloud.rows()["TENANT#acme", f"HOLD#{job_id}"]
    pipeline.client.put_item(TableName=cloud.TABLE, Item=row | {"state": {"S": "open"}})
    yield from _erased(pipeline)


def _erased(pipeline: Pipeline) -> Iterator[str]:
    table = pipeline.client, cloud.TABLE
    eraser = BucketAndTableEraser(client("s3"), cloud.BUCKET, *table)
    erasing = EraseTenant(TableTenantDesk(*table), TableRecords(*table), eraser, pipeline.clock)
    if not staged.refused(lambda: erasing.erase("acme", Hand()), Conflict):
        yield "erased all the same"
