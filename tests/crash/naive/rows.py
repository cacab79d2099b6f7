"""The naive pipeline's rows: a job, a counter of slots, two running totals of money."""

from decimal import Decimal
from typing import Any

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table.codec import decode, encode
from tests.crash import cloud

LANE = {"pk": "LANES", "sk": "naive"}
MONEY = {"pk": "TENANT#acme", "sk": "BUDGET#all"}


def get(key: dict[str, str]) -> dict[str, Any]:
    """A row, empty when there is none."""
    answer = client("dynamodb").get_item(TableName=cloud.TABLE, Key=encode(key))
    return decode(answer["Item"]) if "Item" in answer else {}


def put(row: dict[str, Any]) -> None:
    """Write a row, whatever was there."""
    client("dynamodb").put_item(TableName=cloud.TABLE, Item=encode(row))


def add(key: dict[str, str], **amounts: Decimal | int) -> None:
    """Count something up or down."""
    client("dynamodb").update_item(
        TableName=cloud.TABLE,
        Key=encode(key),
        UpdateExpression="ADD " + ", ".join(f"#{name} :{name}" for name in amounts),
        ExpressionAttributeNames={f"#{name}": name for name in amounts},
        ExpressionAttributeValues=encode({f":{name}": amount for name, amount in amounts.items()}),
    )


def job_key(job_id: str) -> dict[str, str]:
    """Where a job lives."""
    return {"pk": f"JOB#{job_id}", "sk": "JOB"}


def send(job_id: str, seconds: int = 0) -> None:
    """Tell the worker about a job."""
    client("sqs").send_message(QueueUrl=cloud.QUEUE_URL, MessageBody=job_id, DelaySeconds=seconds)
