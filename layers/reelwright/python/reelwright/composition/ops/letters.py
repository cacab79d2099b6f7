"""All dead-letter queues of a stage."""

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.ops.dead_letters import QueueDeadLetters
from reelwright.composition.stage import OperatorSettings


def letters(given: OperatorSettings, wait_seconds: int = 1) -> QueueDeadLetters:
    """Each is looked at for so long."""
    dead = {
        "hints": given.dead_letters_url,
        "sweep": given.sweep_dead_letters_url,
        "deliveries": given.delivery_dead_letters_url,
        "announce": given.announce_dead_letters_url,
    }
    sources = {"hints": given.hints_queue_url, "deliveries": given.deliveries_queue_url}
    return QueueDeadLetters(client("sqs"), dead, sources, wait_seconds)
