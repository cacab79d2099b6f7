"""A legacy task record as the domain's `Task` (Kling API contract, envelope and status machine)."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from reelwright.adapters.kling.strict_json import section, text
from reelwright.domain.task import Task, TaskStatus

_STATUSES: Final = {
    "succeed": TaskStatus.SUCCEEDED,
    "succeeded": TaskStatus.SUCCEEDED,
    "failed": TaskStatus.FAILED,
}
_MAX_UNITS: Final = Decimal(100_000)
_MAX_MS: Final = 1 << 53
_MAX_ID_CHARS: Final = 128
_MAX_URL_CHARS: Final = 4096


def read_task(record: Mapping[str, object], request_id: str) -> Task | None:
    """The record as a task, None when it has no task id. Unknown status words mean "still processing".

    Success without a usable video comes with empty `results`: Kling has charged and freed the slot, so the copy
    is what has to be tried again, with a later look-up, until the delivery's own deadline.
    """
    task_id = text(record.get("task_id"), _MAX_ID_CHARS)
    if not task_id:
        return None
    return Task(
        task_id,
        text(section(record, "task_info").get("external_task_id"), _MAX_ID_CHARS),
        _STATUSES.get(text(record.get("task_status")), TaskStatus.PROCESSING),
        text(record.get("task_status_msg")),
        _videos(record),
        _units(record.get("final_unit_deduction")),
        _epoch_ms(record.get("updated_at")),
        request_id,
    )


def _videos(record: Mapping[str, object]) -> tuple[str, ...]:
    videos = section(record, "task_result").get("videos")
    rows = videos if isinstance(videos, list) else []
    urls = (row.get("url") for row in rows if isinstance(row, dict))
    return tuple(url for url in urls if isinstance(url, str) and _is_link(url))


def _is_link(url: str) -> bool:
    return len(url) <= _MAX_URL_CHARS and url.startswith(("https://", "http://"))


def _units(value: object) -> Decimal | None:
    """What Kling charged, in video units; None for whatever cannot be such an amount."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    try:
        units = Decimal(value)
    except InvalidOperation:
        return None
    sane = units.is_finite() and 0 <= units <= _MAX_UNITS and units == round(units, 6)
    return units if sane else None


def _epoch_ms(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MAX_MS else 0
