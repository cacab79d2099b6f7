"""AWS's console in a drill's hands."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from local import aws
from local.deployment import Deployment
from local.drills.not_seen import NotSeen


@dataclass(frozen=True, slots=True)
class Console:
    """Nothing here asks for anybody's rights."""

    deployment: Deployment

    def client(self, service: str) -> Any:
        """A client with root's rights."""
        return aws.client(self.deployment.stack, service)

    def refused(self, code: str, call: Callable[[], object]) -> None:
        """Make a call that AWS must refuse with this code. Raises NotSeen."""
        try:
            call()
        except ClientError as error:
            if error.response["Error"]["Code"] == code:
                return
        raise NotSeen(f"not refused with {code}")

    def sweep(self, **event: object) -> None:
        """What the schedule does, at once."""
        self.client("lambda").invoke(FunctionName=self.function("Sweep"), Payload=json.dumps(event).encode())

    def function(self, part: str) -> str:
        """A function's name by a part of it."""
        pages = self.client("lambda").get_paginator("list_functions").paginate()
        names = [one["FunctionName"] for page in pages for one in page["Functions"]]
        return str(next(name for name in names if part in name))

    def change_row(self, pk: str, sk: str, change: str, **values: Any) -> None:
        """Write into the table by hand."""
        self.client("dynamodb").update_item(
            TableName=self.deployment.outputs["TableName"],
            Key={"pk": {"S": pk}, "sk": {"S": sk}},
            UpdateExpression=change,
            **values,
        )
