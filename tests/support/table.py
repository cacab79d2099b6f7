"""The table as the data stack declares it (tests/infra hold the two against each other)."""

from typing import Any

INDEXES = {
    "by_tenant": (("tenant_listed", "S"), ("listed_rank", "S")),
    "waiting": (("waiting_lane", "S"), ("waiting_rank", "S")),
    "due": (("due_shard", "S"), ("due_ms", "N")),
}


def create(client: Any, name: str) -> None:
    """Make the table with its sparse indexes."""
    attributes = {"pk": "S", "sk": "S"} | {attribute: kind for pair in INDEXES.values() for attribute, kind in pair}
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": one, "AttributeType": kind} for one, kind in attributes.items()],
        KeySchema=_schema("pk", "sk"),
        GlobalSecondaryIndexes=[
            {"IndexName": index, "KeySchema": _schema(a[0], b[0]), "Projection": {"ProjectionType": "KEYS_ONLY"}}
            for index, (a, b) in INDEXES.items()
        ],
    )


def _schema(partition: str, sort: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]
