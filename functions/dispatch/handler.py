"""Hints from the queue → waiting jobs onto free slots."""

import json
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from reelwright.composition.dispatch import SEND_SECONDS, dispatch_lane
from reelwright.domain.lane import is_lane
from reelwright.observability import logger, metrics
from reelwright.tracing import traced
from reelwright.use_cases.dispatch import Hint

processor = BatchProcessor(event_type=EventType.SQS)


class UnreadableHint(ValueError):
    """The message is not a hint; after its tries it goes to the dead-letter queue."""


def parse(body: str) -> Hint:
    """The hint in a message's body. Raises UnreadableHint."""
    try:
        given = json.loads(body)
        lane, tenant, job = given["lane"], given["tenant"], given.get("job")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableHint(type(error).__name__) from error
    if not (isinstance(lane, str) and isinstance(tenant, str) and (job is None or isinstance(job, str))):
        raise UnreadableHint("lane, tenant and job are texts")
    if not is_lane(lane):
        raise UnreadableHint("no lane")
    return Hint(lane, tenant, job)


@traced
@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Serve each hinted lane; stop while one more call to Kling still fits."""
    until_ms = dispatch_lane().clock.now_ms() + context.get_remaining_time_in_millis()
    until_ms -= SEND_SECONDS * 1000

    def serve(record: SQSRecord) -> int:
        return dispatch_lane().dispatch(parse(record.body), until_ms)

    return dict(process_partial_response(event=event, record_handler=serve, processor=processor, context=context))
