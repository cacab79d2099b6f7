"""The dead-letter queues: implements `use_cases.ops.ports.DeadLetters` on SQS."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from reelwright.domain.errors import Conflict
from reelwright.use_cases.ops.records import DeadLetter

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient

HIDDEN_SECONDS = 120
"""How long a letter that was looked at stays hidden when nobody puts it back."""

PAGE = 10


class QueueDeadLetters:
    """SQS has no look without receiving: letters are received, and shown again afterwards.

    `queues` are the dead-letter queues' addresses by short name; `sources` those of the queues that they belong to.
    Waiting `wait_seconds` asks all of SQS's servers, of which a short look asks but some.
    """

    def __init__(
        self, client: "SQSClient", queues: Mapping[str, str], sources: Mapping[str, str], wait_seconds: int = 1
    ) -> None:
        self._client = client
        self._queues = queues
        self._sources = sources
        self._wait_seconds = wait_seconds

    def look(self, limit: int) -> tuple[DeadLetter, ...]:
        """See `DeadLetters.look`."""
        return tuple(letter for queue in self._queues for letter in self._received(queue, limit))

    def put_back(self, letters: Iterable[DeadLetter]) -> None:
        """See `DeadLetters.put_back`."""
        for letter in letters:
            self._client.change_message_visibility(
                QueueUrl=self._queues[letter.queue], ReceiptHandle=letter.handle, VisibilityTimeout=0
            )

    def redrive(self, letter: DeadLetter, group: str) -> None:
        """See `DeadLetters.redrive`. Dying in between leaves two letters, which hints may be."""
        if letter.queue not in self._sources:
            raise Conflict("Events of this queue come from no queue: the next sweep does their work.")
        self._client.send_message(QueueUrl=self._sources[letter.queue], MessageBody=letter.body, MessageGroupId=group)
        self.drop(letter)

    def drop(self, letter: DeadLetter) -> None:
        """See `DeadLetters.drop`."""
        self._client.delete_message(QueueUrl=self._queues[letter.queue], ReceiptHandle=letter.handle)

    def _received(self, queue: str, limit: int) -> list[DeadLetter]:
        """Pages until one comes back empty: a page may be short without being the last."""
        found: dict[str, DeadLetter] = {}
        while len(found) < limit:
            answer = self._client.receive_message(
                QueueUrl=self._queues[queue],
                MaxNumberOfMessages=min(PAGE, limit - len(found)),
                VisibilityTimeout=HIDDEN_SECONDS,
                WaitTimeSeconds=self._wait_seconds,
                MessageSystemAttributeNames=["SentTimestamp", "ApproximateReceiveCount"],
            )
            page = [_letter(queue, message) for message in answer.get("Messages", [])]
            if not page:
                break
            found |= {letter.id: letter for letter in page}
        return list(found.values())


def _letter(queue: str, message: Any) -> DeadLetter:
    about = message.get("Attributes", {})
    return DeadLetter(
        id=message["MessageId"],
        queue=queue,
        sent_ms=int(about.get("SentTimestamp", 0)),
        received=int(about.get("ApproximateReceiveCount", 0)),
        body=message["Body"],
        handle=message["ReceiptHandle"],
    )
