"""Who writes to the table without any condition, and why that is right whoever else writes."""

from collections.abc import Mapping
from typing import Final

TABLE: Final = "adapters.aws.table"
OPS: Final = "adapters.aws.ops"
ERASER: Final = f"{OPS}.eraser:BucketAndTableEraser"
BARE: Final[Mapping[str, str]] = {
    f"{OPS}.audit:TableAudit.write": "a row a command, under an id of its own",
    f"{ERASER}._delete": "gone is gone; the tenant is suspended and all its jobs are over and settled",
    f"{ERASER}.bury": "says the same each time: what a job that is over cost",
    f"{ERASER}.endpoint": "gone is gone",
    f"{TABLE}.endpoints:TableEndpoints.delete": "gone is gone, whatever it was changed to",
    f"{TABLE}.jobs:TableJobs.remember": "a line more, under the moment and the version that it is about",
    f"{TABLE}.outbox:TableOutbox.published": "gone is gone; an event never changes",
    f"{TABLE}.tenants:TableTenants._put": "a key's row is under the hash of its text; only tests put plans whole",
}
