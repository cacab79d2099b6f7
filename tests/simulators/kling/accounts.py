"""Exact accounting for the experimenter: what really happened, whatever callers were told."""

from decimal import Decimal

from tests.simulators.kling import views
from tests.simulators.kling.app import App
from tests.simulators.kling.callbacks import Announcer, Delivery
from tests.simulators.kling.ledger import Deduction
from tests.simulators.kling.prices import written
from tests.simulators.kling.store import TaskStore
from tests.simulators.kling.task import Task
from tests.simulators.kling.wire import Json


def tasks(store: TaskStore) -> list[Json]:
    """Return every task, oldest first."""
    return [_task(task) for task in store.tasks.values()]


def state(app: App, announcer: Announcer) -> Json:
    """Return tasks, calls, deductions, callbacks, late accepts and totals; units are decimal strings."""
    shown, rows = tasks(app.api.engine.store), app.api.engine.ledger.rows
    units = sum((row.units for row in rows), Decimal(0))
    unfinished = sum(not task["ended"] for task in shown)
    return {
        "tasks": shown,
        "calls": list(app.calls),
        "deductions": [_deduction(row) for row in rows],
        "callbacks": [_callback(delivery) for delivery in announcer.planned],
        "late_pending": [late.order.external_id for late in app.api.late.pending],
        "late_dropped": list(app.api.late.dropped),
        "totals": {"tasks": len(shown), "units": written(units), "unfinished": unfinished},
    }


def _task(task: Task) -> Json:
    order = task.order
    return views.created(task) | {
        "external_task_id": task.external_id,
        "account": task.account,
        "product": order.product,
        "model_name": order.model.name,
        "mode": order.mode,
        "resolution": order.resolution,
        "aspect_ratio": order.aspect_ratio,
        "seconds": order.seconds,
        "frames": order.frames,
        "prompt": order.prompt,
        "task_status_msg": task.message,
        "ended": task.ended,
        "units": None if task.units is None else written(task.units),
        "quirks": task.quirks,
    }


def _deduction(row: Deduction) -> Json:
    return {"task_id": row.task.task_id, "at_ms": row.at_ms, "units": written(row.units)}


def _callback(delivery: Delivery) -> Json:
    """Return all but the body."""
    return {name: value for name, value in vars(delivery).items() if name != "body"}
