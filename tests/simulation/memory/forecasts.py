"""Implements `ports.Forecasts` in memory."""

from reelwright.domain.forecast import Forecast
from tests.simulation.memory.rows import Rows


class MemoryForecasts:
    """What the sweep left in the lanes' rows."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, lane_id: str) -> Forecast | None:
        row = self._rows.lanes.get(lane_id)
        return row.forecast if row else None
