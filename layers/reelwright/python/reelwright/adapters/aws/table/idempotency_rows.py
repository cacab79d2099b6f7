"""An Idempotency-Key and its answer as a row."""

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import Item, decode, encode
from reelwright.use_cases.ports import IdempotencyRecord


def to_item(tenant: str, record: IdempotencyRecord) -> Item:
    """The row of a record; DynamoDB forgets it some time after it expired."""
    values = {
        "fingerprint": record.fingerprint,
        "job_id": record.job_id,
        "answer": record.answer,
        "expires_ms": record.expires_ms,
        "ttl": record.expires_ms // 1000,
    }
    return keys.idempotency(tenant, record.key) | encode(values)


def from_item(item: Item) -> IdempotencyRecord:
    """The record that a row holds."""
    row = decode(item)
    return IdempotencyRecord(row["sk"], row["fingerprint"], row["job_id"], row["answer"], int(row["expires_ms"]))
