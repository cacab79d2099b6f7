"""The account endpoints: packs and the ledger of deductions (Kling API contract, account and billing).

The contract names the rows' fields but not what they are wrapped in; the wrapping here follows the task list of the
new standard.
"""

from tests.simulators.kling import fields
from tests.simulators.kling.errors import bad_value
from tests.simulators.kling.ledger import Deduction, Ledger
from tests.simulators.kling.prices import written
from tests.simulators.kling.wire import Json

PACK_NAME = "Simulated-Video-Pack"
PACK_ID = "sim-pack-1"
MAX_LIMIT = 500


def costs(ledger: Ledger, account: str, concurrency: int) -> Json:
    """Return the `data` of `/account/costs`, itself an envelope."""
    left = ledger.remaining(account)
    # JSON numbers, as quantities of a pack are on the wire; nothing is calculated with them.
    pack = {
        "resource_pack_name": f"{PACK_NAME}-{concurrency}Con",
        "resource_pack_id": PACK_ID,
        "resource_pack_type": "decreasing_total",
        "total_quantity": float(ledger.total),
        "remaining_quantity": float(left),
        "status": "online" if left > 0 else "runOut",
    }
    return {"code": 0, "msg": "success", "resource_pack_subscribe_infos": [pack]}


def package(ledger: Ledger, account: str, body: Json) -> Json:
    """Return one page of an account's deductions, oldest first; `cursor` continues and replaces the times."""
    limit = body.get("limit", 100)
    if not isinstance(limit, int) or not 1 <= limit <= MAX_LIMIT:
        raise bad_value(f"limit must be between 1 and {MAX_LIMIT}")
    offset, start, end = _window(body)
    rows = [row for row in ledger.of(account) if start <= row.at_ms <= end and _asked(row, body)]
    page = rows[offset : offset + limit]
    more = offset + limit < len(rows)
    cursor = f"{offset + limit}.{start}.{end}" if more else ""
    return {"result": [_row(row) for row in page], "count": len(page), "next_cursor": cursor, "has_more": more}


def _window(body: Json) -> tuple[int, int, int]:
    """Return offset, start and end (epoch ms) of the asked page."""
    parts = str(body.get("cursor") or f"0.{body.get('start_time', '')}.{body.get('end_time', '')}").split(".")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        raise bad_value("start_time and end_time, or cursor, are required")
    offset, start, end = map(int, parts)
    return offset, start, end


def _asked(row: Deduction, body: Json) -> bool:
    """Say whether a row passes the filters."""
    wanted = fields.mapping(body, "filters")
    have = {"api_key_name": row.task.account, "product_type": "video", "package_name": PACK_NAME, "package_id": PACK_ID}
    return all(have.get(name) == value for name, value in wanted.items())


def _row(row: Deduction) -> Json:
    order = row.task.order
    return {
        "task_id": row.task.task_id,
        "api_key_name": row.task.account,
        "product_function": order.product,
        "model_name": order.model.name,
        "resolution": order.resolution,
        "duration": str(order.seconds),
        "refer_video_input": "off",
        "video_sound": "on" if order.sound else "off",
        "voice_control": "on" if order.voices else "off",
        "deduction_time": row.at_ms,
        "quantity_before": written(row.before),
        "quantity_after": written(row.after),
        "deduction_amount": written(row.units),
    }
