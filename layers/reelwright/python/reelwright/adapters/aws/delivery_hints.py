"""Messages about deliveries on SQS: implements `ports.DeliveryHints`."""

from reelwright.adapters.aws.messages import HintQueue
from reelwright.use_cases.tell.ports import DeliveryKey


class QueueDeliveryHints(HintQueue):
    """Hints for deliver."""

    def send(self, key: DeliveryKey, tenant: str, delay_seconds: int = 0) -> None:
        """See `ports.DeliveryHints.send`: the table says what is due."""
        self.put({"endpoint": key.endpoint_id, "delivery": key.delivery_id}, tenant, max(0, delay_seconds))
