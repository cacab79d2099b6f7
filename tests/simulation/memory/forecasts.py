"""Implements `ports.Forecasts` in memory."""

from reelwright.domain.forecast import Forecast
from tests.simulation.memory.rows import Rows


class MemoryForecasts:
    """What the sweep left in the lanes' rows."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, lane_id: str, tenant_id: str, now_ms: int) -> Forecast | None:
        row = self._rows.lanes.get(lane_id)
        if row is None or row.forecast is None:
            return None
        return row.forecast.more(tenant_id, self._rows.rates.get((tenant_id, now_ms // 60_000), 0))
