"""Scenes for probes: a pipeline on an empty cloud, and jobs that have come so far."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import encode
from reelwright.domain.lane import Lane
from reelwright.domain.tenant import Tenant
from tests.crash import cloud
from tests.support.patience import usual_policy
from tests.support.pipeline import LANE, Pipeline


def pipeline(slots: int = 2, max_attempts: int = 1, **plan: Any) -> Pipeline:
    """A pipeline with a tenant of that plan."""
    cloud.empty()
    made = Pipeline(client("dynamodb"), cloud.TABLE, slots, usual_policy(max_attempts=max_attempts))
    made.tenant(**plan)
    return made


def plan(**changes: Any) -> Tenant:
    """The tenant as an operator changed it."""
    return Tenant("acme", Decimal(100), 10, 1000, **changes)


def at_kling(**scene: Any) -> tuple[Pipeline, str]:
    """A job that Kling works on."""
    made = pipeline(**scene)
    job_id = made.submit().job_id
    made.dispatch()
    return made, job_id


def ended() -> tuple[Pipeline, str]:
    """A job that has its video."""
    made, job_id = at_kling()
    finish(made, job_id)
    return made, job_id


def finish(made: Pipeline, job_id: str) -> None:
    """Let Kling finish the first attempt, and the job with it."""
    made.provider.finish(f"{job_id}-1")
    made.finalizing.finalize(job_id, 1)


def late_dispatch(made: Pipeline, before: Lane) -> None:
    """Dispatch with the lane as it was before something else happened."""
    with patch.object(made.lanes, "get", lambda _lane_id: before):
        made.dispatch()


def set_lane(made: Pipeline, **fields: object) -> None:
    """Write fields of the lane's row."""
    made.lanes.get(LANE)
    made.client.update_item(
        TableName=cloud.TABLE,
        Key=keys.lane(LANE),
        UpdateExpression="SET " + ", ".join(f"{name} = :{name}" for name in fields),
        ExpressionAttributeValues=encode({f":{name}": value for name, value in fields.items()}),
    )


def served(tenant: str = "acme") -> tuple[int, int]:
    """How many of the tenant's jobs run, as the lane's row counts them, and how many slots are leased."""
    row = cloud.rows()["LANES", LANE]
    return int(row["running"]["M"].get(tenant, {}).get("N", "0")), len(row["slots"]["M"])


def refused(call: Callable[[], object], error: type[BaseException]) -> bool:
    """Whether the call raises the error."""
    try:
        call()
    except error:
        return True
    return False
