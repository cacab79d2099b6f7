"""Who is told: implements `ports.Audience` on DynamoDB."""

from typing import Any

from reelwright.adapters.aws.table import endpoint_rows, keys
from reelwright.adapters.aws.table.codec import encode
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.use_cases.tell.ports import Listeners


class TableAudience:
    """A tenant's endpoints, read row by row."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def of_tenant(self, tenant: str) -> Listeners:
        """See `ports.Audience.of_tenant`; ids sort by time."""
        first = {name: value["S"] for name, value in keys.endpoint(tenant, "").items()}
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :endpoints)",
            ExpressionAttributeValues=encode({":pk": first["pk"], ":endpoints": first["sk"]}),
            ConsistentRead=True,
        )
        endpoints: list[WebhookEndpoint] = []
        unreadable: list[str] = []
        for row in answer["Items"]:
            try:
                endpoints.append(endpoint_rows.from_item(row))
            except (AttributeError, KeyError, TypeError, ValueError):
                unreadable.append(row["sk"]["S"].removeprefix(first["sk"]))
        return Listeners(tuple(endpoints), tuple(unreadable))
