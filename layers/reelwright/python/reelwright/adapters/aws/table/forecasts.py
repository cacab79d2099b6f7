"""What the lanes allow to expect: implements `ports.Forecasts` on DynamoDB."""

from typing import Any

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import Item, decode
from reelwright.domain.forecast import Forecast


class TableForecasts:
    """Reads the forecasts that the sweep left in the lanes' rows."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def get(self, lane_id: str, tenant_id: str, now_ms: int) -> Forecast | None:
        """See `ports.Forecasts.get`."""
        row = self._row(keys.lane(lane_id)).get("forecast")
        if row is None:
            return None
        waiting = {tenant: int(count) for tenant, count in row["waiting"].items()}
        told = Forecast(int(row["mean_ms"]), int(row["gap_ms"]), int(row["idle"]), waiting)
        return told.more(tenant_id, int(self._row(keys.rate(tenant_id, now_ms // 60_000)).get("requests", 0)))

    def _row(self, key: Item) -> dict[str, Any]:
        return decode(self._client.get_item(TableName=self._table, Key=key).get("Item", {}))
