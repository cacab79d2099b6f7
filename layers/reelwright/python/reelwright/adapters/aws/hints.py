"""Hints on SQS: implements `ports.Hints`."""

import json
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from reelwright.use_cases.ports import Telemetry

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient


class QueueHints:
    """A standard queue with the tenant as message group, so that one tenant's flood does not delay another's hint.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
    """

    def __init__(self, client: "SQSClient", queue_url: str, telemetry: Telemetry) -> None:
        self._client = client
        self._queue_url = queue_url
        self._telemetry = telemetry

    def wake(self, lane: str, tenant: str, job_id: str | None = None, delay_seconds: int = 0) -> None:
        """See `ports.Hints.wake`: the table already says what has to happen, so a lost hint is only counted."""
        body = json.dumps({"lane": lane, "tenant": tenant, "job": job_id}, separators=(",", ":"))
        try:
            self._client.send_message(
                QueueUrl=self._queue_url,
                MessageBody=body,
                MessageGroupId=tenant or lane,
                DelaySeconds=min(delay_seconds, 900),
            )
        except (BotoCoreError, ClientError) as error:
            self._telemetry.count("HintLost")
            self._telemetry.trouble("hint lost", reason=type(error).__name__)
