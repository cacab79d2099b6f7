"""Messages about deliveries → one try each."""

import json
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from reelwright.composition.deliver import deliver
from reelwright.observability import logger, metrics
from reelwright.tracing import traced
from reelwright.use_cases.tell.ports import DeliveryKey

processor = BatchProcessor(event_type=EventType.SQS)


class UnreadableMessage(ValueError):
    """The message names no delivery; after its tries it goes to the dead-letter queue."""


def parse(body: str) -> DeliveryKey:
    """The delivery that a message's body names. Raises UnreadableMessage."""
    try:
        given = json.loads(body)
        endpoint, delivery = given["endpoint"], given["delivery"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableMessage(type(error).__name__) from error
    if not (isinstance(endpoint, str) and isinstance(delivery, str)):
        raise UnreadableMessage("endpoint and delivery are texts")
    return DeliveryKey(endpoint, delivery)


def serve(record: SQSRecord) -> str | None:
    """What came of one message's try."""
    return deliver().deliver(parse(record.body))


@traced
@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Try each delivery that is named; what goes wrong on our side comes again."""
    return dict(process_partial_response(event=event, record_handler=serve, processor=processor, context=context))
