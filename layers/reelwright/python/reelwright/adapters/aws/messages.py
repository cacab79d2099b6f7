"""Messages that only hint at what the table says anyway."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from reelwright.use_cases.ports import Telemetry

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient

LONGEST_DELAY_SECONDS: Final = 900
"""SQS keeps a message back for no longer."""


class HintQueue:
    """A standard queue whose messages are grouped, so that one tenant's flood does not delay another's.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
    """

    def __init__(self, client: "SQSClient", queue_url: str, telemetry: Telemetry) -> None:
        self._client = client
        self._queue_url = queue_url
        self._telemetry = telemetry

    def put(self, body: Mapping[str, str | None], group: str, delay_seconds: int) -> None:
        """Send one; what is lost is only counted."""
        try:
            self._client.send_message(
                QueueUrl=self._queue_url,
                MessageBody=json.dumps(body, separators=(",", ":")),
                MessageGroupId=group,
                DelaySeconds=min(delay_seconds, LONGEST_DELAY_SECONDS),
            )
        except (BotoCoreError, ClientError) as error:
            self._telemetry.count("HintLost")
            self._telemetry.trouble("hint lost", reason=type(error).__name__)
