"""The outbox's stream → the bus and the tenants' endpoints; the schedule's minute → what was left behind."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelwright.composition.announce import announce, event_of, repair_telling
from reelwright.observability import logger, metrics
from reelwright.tracing import traced

Failures = dict[str, list[dict[str, str]]]


@traced
@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> Failures:  # noqa: ARG001 - Lambda's signature
    """The records that must come again: the stream goes on from the first of them."""
    if event.get("repair"):
        repair_telling().repair()
        return {"batchItemFailures": []}
    return {"batchItemFailures": [{"itemIdentifier": number} for number in left_over(event["Records"])]}


def left_over(records: list[dict[str, Any]]) -> list[str]:
    """Sequence numbers of the records that were not announced, in their order."""
    told = {record["dynamodb"]["SequenceNumber"]: _event_id(record) for record in records}
    readable = tuple(found for record in records if (found := event_of(record["dynamodb"]["NewImage"])))
    failed = announce().announce(readable)
    known = {found.id for found in readable} - failed
    return [number for number, event_id in told.items() if event_id not in known]


def _event_id(record: dict[str, Any]) -> str:
    return str(record["dynamodb"]["NewImage"].get("id", {}).get("S", ""))
