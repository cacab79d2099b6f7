"""Implements `ports.Lanes` in memory."""

from dataclasses import replace

from reelwright.domain.forecast import Forecast
from reelwright.domain.lane import Lane
from reelwright.domain.pacing import Lesson
from reelwright.use_cases.ports.lanes import Unreadable
from tests.simulation.memory.rows import LaneRow, Rows


class MemoryLanes:
    """Lanes; the first look at one makes its row."""

    def __init__(self, rows: Rows, slots: int, requests_per_minute: int = 0) -> None:
        self._rows = rows
        self._slots = slots
        self._requests_per_minute = requests_per_minute

    def get(self, lane_id: str) -> Lane:
        return self._lane(lane_id, self._rows.lanes.setdefault(lane_id, LaneRow()))

    def all(self, unreadable: Unreadable | None = None) -> tuple[Lane, ...]:
        del unreadable  # nothing here is ever spoiled
        return tuple(self._lane(name, self._rows.lanes[name]) for name in sorted(self._rows.lanes))

    def free(self, lane_id: str, external_id: str, expires_ms: int) -> bool:
        seen = self.get(lane_id).slots.get(external_id)
        self._rows.between()
        row = self._rows.lanes[lane_id]
        slot = row.slots.get(external_id)
        if seen is None or slot is None or slot.expires_ms != expires_ms:
            return False
        del row.slots[external_id]
        row.running[seen.tenant] -= 1
        return True

    def forget(self, lane_id: str, tenants: tuple[str, ...]) -> bool:
        row = self._rows.lanes.get(lane_id)
        if row is None or any(row.running.get(tenant) != 0 for tenant in tenants):
            return False
        for tenant in tenants:
            del row.running[tenant]
        return True

    def renew(self, lane_id: str, external_id: str, expires_ms: int) -> bool:
        row = self._rows.lanes.get(lane_id)
        if row is None or external_id not in row.slots:
            return False
        row.slots[external_id] = replace(row.slots[external_id], expires_ms=expires_ms)
        return True

    def learn(self, lane_id: str, lesson: Lesson, now_ms: int) -> Lane:
        while True:
            before = self.get(lane_id)
            after = lesson(before, now_ms)
            self._rows.between()
            row = self._rows.lanes[lane_id]
            shared = [name for name in ("cool_until_ms", "tat_ms") if getattr(after, name) != getattr(before, name)]
            if row.lessons.version == before.lessons.version and all(
                getattr(row, name) == getattr(before, name) for name in shared
            ):
                row.lessons = after.lessons
                for name in shared:
                    setattr(row, name, getattr(after, name))
                return after

    def publish(self, before: Lane, forecast: Forecast) -> bool:
        row = self._rows.lanes.get(before.id)
        if row is None or row.recent.tasks != before.recent.tasks:
            return False
        row.forecast, row.recent = forecast, before.recent.faded()
        return True

    def book_wake(self, lane_id: str, at_ms: int, now_ms: int) -> bool:
        row = self._rows.lanes.setdefault(lane_id, LaneRow())
        if row.wake_ms is not None and now_ms < row.wake_ms <= at_ms:
            return False
        row.wake_ms = at_ms
        return True

    def _lane(self, lane_id: str, row: LaneRow) -> Lane:
        pace = row.requests_per_minute
        return Lane(
            lane_id,
            row.slot_limit if row.slot_limit is not None else self._slots,
            dict(row.slots),
            row.cool_until_ms,
            row.paused,
            row.turn,
            dict(row.deficits),
            pace if pace is not None else self._requests_per_minute,
            row.tat_ms,
            row.lessons,
            row.recent,
            row.wake_ms or 0,
            tuple(sorted(tenant for tenant, running in row.running.items() if not running)),
        )
