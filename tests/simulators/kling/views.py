"""Tasks as the API and the callbacks show them (Kling API contract, envelope and callbacks)."""

from decimal import Decimal

from tests.simulators.kling.prices import written
from tests.simulators.kling.results import Links
from tests.simulators.kling.task import SUCCEED, Task
from tests.simulators.kling.wire import Json


def created(task: Task) -> Json:
    """Return the `data` of a create answer."""
    return {
        "task_id": task.task_id,
        "task_status": task.status,
        "task_info": {"external_task_id": task.external_id} if task.external_id else {},
        "created_at": task.created_at,
        "updated_at": task.updated_at,
    }


def looked_up(task: Task, links: Links, now_ms: int) -> Json:
    """Return the `data` of a look-up, with links signed at `now_ms`; cost and result exist at success only."""
    view = created(task) | {
        "task_status_msg": task.message,
        "watermark_info": {"enabled": task.order.watermark},
    }
    if task.status != SUCCEED or task.units is None:
        return view
    return view | _cost(task.units) | {"task_result": {"videos": [_video(task, links, now_ms)]}}


def announced(task: Task, links: Links, now_ms: int) -> Json:
    """Return a callback body: the bare record, without envelope and watermark fields."""
    view = looked_up(task, links, now_ms)
    view.pop("watermark_info")
    for video in view.get("task_result", {}).get("videos", []):
        video.pop("watermark_url")
    return view


def _cost(units: Decimal) -> Json:
    return {"final_unit_deduction": written(units), "final_balance_deduction": {"quota": "", "list_price": ""}}


def _video(task: Task, links: Links, now_ms: int) -> Json:
    """Return the one video; its duration is that of the file, cut to milliseconds."""
    thousandths = task.order.frames * 1000 // task.order.model.fps
    return {
        "id": task.video_id,
        "url": links.sign(task, now_ms),
        "watermark_url": links.sign(task, now_ms, "-watermark") if task.order.watermark else "",
        "duration": f"{thousandths // 1000}.{thousandths % 1000:03d}",
    }
