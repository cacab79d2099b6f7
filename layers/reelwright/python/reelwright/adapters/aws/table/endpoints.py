"""Webhook endpoints: implements `ports.Endpoints` on DynamoDB."""

from typing import Any

from reelwright.adapters.aws.table import endpoint_rows, keys, outbox_rows
from reelwright.adapters.aws.table.codec import encode
from reelwright.adapters.aws.table.patience import PATIENT, Patience
from reelwright.adapters.aws.table.transactions import Canceled, Transactions
from reelwright.adapters.aws.table.writes import Writer
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.errors import Stale
from reelwright.domain.event import Event


class TableEndpoints:
    """Endpoints in DynamoDB, beside their tenant."""

    def __init__(self, client: Any, table: str, patience: Patience = PATIENT) -> None:
        self._client = client
        self._table = table
        self._patience = patience
        self._writer = Writer(table)
        self._transactions = Transactions(client, patience)

    def get(self, tenant: str, endpoint_id: str) -> WebhookEndpoint | None:
        """See `ports.Endpoints.get`."""
        key = keys.endpoint(tenant, endpoint_id)
        answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        return endpoint_rows.from_item(answer["Item"]) if "Item" in answer else None

    def of_tenant(self, tenant: str) -> tuple[WebhookEndpoint, ...]:
        """See `ports.Endpoints.of_tenant`; ids sort by time."""
        condition = "pk = :pk AND begins_with(sk, :endpoints)"
        key = {name: value["S"] for name, value in keys.endpoint(tenant, "").items()}
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=encode({":pk": key["pk"], ":endpoints": key["sk"]}),
            ConsistentRead=True,
        )
        return tuple(map(endpoint_rows.from_item, answer["Items"]))

    def put_new(self, endpoint: WebhookEndpoint) -> None:
        """See `ports.Endpoints.put_new`."""
        self._put(self._writer.put_if(endpoint_rows.to_item(endpoint), "attribute_not_exists(pk)")["Put"], endpoint.id)

    def save(self, before: WebhookEndpoint, after: WebhookEndpoint, notice: Event | None = None) -> None:
        """See `ports.Endpoints.save`."""
        write = self._writer.put_if(endpoint_rows.to_item(after), "version = :seen", seen=before.version)
        if notice is None:
            self._put(write["Put"], before.id)
            return
        try:
            self._transactions.run({"endpoint": write, "event": self._writer.put(outbox_rows.to_item(notice))})
        except Canceled as canceled:
            raise Stale(before.id) from canceled

    def delete(self, endpoint: WebhookEndpoint) -> None:
        """See `ports.Endpoints.delete`."""
        self._client.delete_item(TableName=self._table, Key=keys.endpoint(endpoint.tenant, endpoint.id))

    def _put(self, write: dict[str, Any], name: str) -> None:
        if self._patience.if_met(lambda: self._client.put_item(**write)) is None:
            raise Stale(name)
