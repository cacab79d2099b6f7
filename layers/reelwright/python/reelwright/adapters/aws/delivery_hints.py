"""Messages about deliveries on SQS: implements `ports.DeliveryHints`."""

import json
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from reelwright.use_cases.ports import Telemetry
from reelwright.use_cases.tell.ports import DeliveryKey

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient


class QueueDeliveryHints:
    """A standard queue with the tenant as message group, so that one tenant's flood does not delay another's."""

    def __init__(self, client: "SQSClient", queue_url: str, telemetry: Telemetry) -> None:
        self._client = client
        self._queue_url = queue_url
        self._telemetry = telemetry

    def send(self, key: DeliveryKey, tenant: str, delay_seconds: int = 0) -> None:
        """See `ports.DeliveryHints.send`: the table says what is due, so a lost hint is only counted."""
        body = json.dumps({"endpoint": key.endpoint_id, "delivery": key.delivery_id}, separators=(",", ":"))
        delay = max(0, min(delay_seconds, 900))
        try:
            self._client.send_message(
                QueueUrl=self._queue_url, MessageBody=body, MessageGroupId=tenant, DelaySeconds=delay
            )
        except (BotoCoreError, ClientError) as error:
            self._telemetry.count("HintLost")
            self._telemetry.trouble("hint lost", reason=type(error).__name__)
