"""What the lanes allow to expect: implements `ports.Forecasts` on DynamoDB."""

from typing import Any

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import decode
from reelwright.domain.forecast import Forecast


class TableForecasts:
    """Reads the forecasts that the sweep left in the lanes' rows."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def get(self, lane_id: str) -> Forecast | None:
        """See `ports.Forecasts.get`."""
        answer = self._client.get_item(TableName=self._table, Key=keys.lane(lane_id), ProjectionExpression="forecast")
        row = decode(answer.get("Item", {})).get("forecast")
        if row is None:
            return None
        waiting = {tenant: int(count) for tenant, count in row["waiting"].items()}
        return Forecast(int(row["mean_ms"]), int(row["gap_ms"]), int(row["idle"]), waiting)
