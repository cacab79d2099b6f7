"""Look-ups that do not tell the truth."""

from tests.simulators.kling.errors import task_not_found
from tests.simulators.kling.faults import LOOKUP, PAST, SUCCESS, FaultBook, Rule
from tests.simulators.kling.task import SUBMITTED, SUCCEED, Task
from tests.simulators.kling.wire import Json

ENDINGS = ("task_result", "final_unit_deduction", "final_balance_deduction")


def bend(faults: FaultBook, task: Task, wanted: str, view: Json) -> Json:
    """Return what a look-up of `wanted` shows: the true view, or the first scripted lie about it."""
    families = [LOOKUP]
    if task.status != SUBMITTED:
        families.append(PAST)
    if task.status == SUCCEED:
        families.append(SUCCESS)
    rule = faults.first(families, task.facts() | {"method": "GET", "path": f"/v1/videos/{task.order.product}/{wanted}"})
    return _lie(rule, wanted, view) if rule else view


def _lie(rule: Rule, wanted: str, view: Json) -> Json:
    match rule.fault:
        case "task_unknown":
            raise task_not_found(wanted)
        case "status_backwards":
            return _with_status(view, SUBMITTED)
        case "unknown_status":
            return _with_status(view, str(rule.args.get("status", "reviewing")))
    return _about_success(rule.fault, view)


def _with_status(view: Json, status: str) -> Json:
    return {name: value for name, value in view.items() if name not in ENDINGS} | {"task_status": status}


def _about_success(fault: str, view: Json) -> Json:
    videos = view["task_result"]["videos"]
    changed = {
        "succeed_without_videos": [],
        "two_videos": [*videos, *({**video, "id": f"{video['id']}-2"} for video in videos)],
        "missing_duration": [{key: value for key, value in video.items() if key != "duration"} for video in videos],
    }[fault]
    return view | {"task_result": {"videos": changed}}
