"""The drills as data: the runbook, the alarm whose condition must hold, the fault, and the way out."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from local.demo import ORDER
from local.drills.world import LANE, NotSeen, World
from reelwright.domain.times import month

REFUSES: Final = {"match": {"method": "POST"}}


@dataclass(frozen=True, slots=True)
class Drill:
    """`fault` yields once the fault is in, and mends when it is resumed; the alarm has `seconds` to show it."""

    runbook: str
    alarm: str
    fault: Callable[[World], Iterator[None]]
    seconds: float = 100


def _dead_letter(world: World) -> Iterator[None]:
    world.client("sqs").send_message(QueueUrl=world.deployment.outputs["DeadLettersUrl"], MessageBody="garbage")
    yield
    world.must("deadletters explain", "unreadable", "drop")
    world.must("deadletters drop")
    world.must("deadletters list", "nothing")


def _waiting(world: World) -> Iterator[None]:
    world.must(f"lane pause {LANE}")
    job = world.order()
    yield
    world.must(f"lane show {LANE}", "lane", job)
    world.must(f"lane resume {LANE}")
    world.ends(job)


def _stopped_execution(world: World) -> Iterator[None]:
    world.kling("takes_seconds", args={"seconds": 400})
    job = world.order()
    world.until("it is at Kling", lambda: world.api.video(job)["status"] == "processing" or _generating(world, job))
    arn = world.deployment.outputs["StateMachineArn"].replace(":stateMachine:", ":execution:")
    world.client("stepfunctions").stop_execution(executionArn=f"{arn}:{job}-1")
    yield
    world.must(f"trace {job}", "ABORTED")
    world.kling_is_well()
    world.control("finish", task=f"{job}-1")
    world.must(f"job reconcile {job}")
    world.ends(job)
    world.must(f"trace {job}", "succeeded")


def _generating(world: World, job: str) -> bool:
    return bool(world.ops(f"trace {job}") == 0 and "accepted as task" in world.said[-1])


def _blocked(world: World) -> Iterator[None]:
    world.kling("error_code", args={"code": 1102}, **REFUSES)
    job = world.order()
    world.until("the breaker opened", lambda: world.ops("lane list") == 0 and "open: 1102" in world.said[-1])
    world.sweep()
    yield
    world.kling_is_well()
    world.must(f"lane reset {LANE}")
    world.ends(job)
    world.must("lane list", "closed")


def _dark(world: World) -> Iterator[None]:
    world.kling("http_503", **REFUSES)
    jobs = [world.order() for _ in range(2)]
    yield
    world.must("pause all")
    world.kling_is_well()
    world.must("resume all")
    world.must(f"lane reset {LANE}")
    for job in jobs:
        world.ends(job)


def _silent(world: World) -> Iterator[None]:
    world.kling("callback_none")
    jobs = [world.order() for _ in range(2)]
    for job in jobs:
        world.ends(job)
    yield
    world.kling_is_well()
    waiting = world.order()
    world.ends(waiting)
    world.must(f"trace {waiting}", "succeeded")


def _leaked(world: World) -> Iterator[None]:
    now = time.time_ns() // 1_000_000
    for name, expires in (("job_gone", now - 1000), ("job_lost", now + 3_600_000)):
        world.change_row(
            "LANES",
            LANE,
            "SET slots.#name = :slot",
            ExpressionAttributeNames={"#name": f"{name}-1"},
            ExpressionAttributeValues={
                ":slot": {"M": {"tenant": {"S": world.tenant}, "expires_ms": {"N": str(expires)}}}
            },
        )
    world.must("slot list", "job_lost-1", "over: leaked")
    world.sweep()
    yield
    world.must(f"slot release {LANE} job_lost-1")
    world.ops("slot list")
    if "leaked" in world.said[-1]:
        raise NotSeen(world.said[-1])


def _drifted(world: World) -> Iterator[None]:
    place = f"TENANT#{world.tenant}", f"BUDGET#{month(world.began_ms)}"
    world.change_row(*place, "ADD captured :n", ExpressionAttributeValues={":n": {"N": "1"}})
    world.sweep(check="ledger")
    yield
    world.must("ledger check --without-kling", "balance-captured", code=1)
    world.change_row(*place, "ADD captured :n", ExpressionAttributeValues={":n": {"N": "-1"}})
    world.must("ledger check --without-kling", "0 differences")


def _spending(world: World) -> Iterator[None]:
    for job in [world.order() for _ in range(3)]:
        world.ends(job)
    yield
    world.must(f"tenant show {world.tenant}", "captured")
    world.must(f"tenant pause {world.tenant}")
    job = world.order()
    world.until("the job waits", lambda: world.api.video(job)["status"] == "queued", 5)
    world.must(f"tenant unpause {world.tenant}")
    world.ends(job)


def _broken(world: World) -> Iterator[None]:
    functions, name = world.client("lambda"), world.function("DoorsSubmit")
    good: dict[str, Any] = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    bad = good | {"TABLE_NAME": "nowhere"}
    functions.update_function_configuration(FunctionName=name, Environment={"Variables": bad})
    for _ in range(8):
        world.api.call("POST", "/v1/videos", ORDER)
    yield
    functions.update_function_configuration(FunctionName=name, Environment={"Variables": good})
    world.until("an order is taken", lambda: world.api.call("POST", "/v1/videos", ORDER).status == 202)  # noqa: PLR2004
    world.must("deadletters list", "nothing")


def _paging(world: World) -> Iterator[None]:
    steps = _broken(world)
    yield next(steps)
    if quiet_was_broken := [name for name in ("BreakerOpen", "ProviderTrouble") if world.beyond(name)]:
        raise NotSeen(f"the page would be held back by {quiet_was_broken}")
    next(steps, None)


def _failing(world: World) -> Iterator[None]:
    world.kling("takes_seconds", args={"seconds": 4000})
    jobs = [world.order() for _ in range(3)]
    for job in jobs:
        world.until("it is at Kling", lambda job=job: _generating(world, job))  # type: ignore[misc]
        world.control("finish", task=f"{job}-1", status="failed", message="internal error")
    for job in jobs:
        world.ends(job, "failed")
    yield
    world.must(f"trace {jobs[0]}", "generation_failed")
    world.kling_is_well()
    world.ends(world.order())


def _endpoint(world: World) -> Iterator[None]:
    url = f"http://{world.deployment.kling.host}:9/nobody"
    made = world.api.call("POST", "/v1/webhooks", {"url": url}).json
    row = f"TENANT#{world.tenant}", f"ENDPOINT#{made['id']}"
    since = world.began_ms - 6 * 86_400_000
    world.change_row(*row, "SET failing_since_ms = :n", ExpressionAttributeValues={":n": {"N": str(since)}})
    world.must(f"webhook test {world.tenant} {made['id']}")
    yield
    world.must(f"webhook list {world.tenant}", "disabled failing")
    world.must(f"webhook enable {world.tenant} {made['id']}")
    world.must(f"webhook replay {world.tenant} {made['id']}")
    world.must(f"webhook list {world.tenant}", "enabled")
    world.api.call("DELETE", f"/v1/webhooks/{made['id']}")


def _no_sweep(world: World) -> Iterator[None]:
    scheduler = world.client("scheduler")
    for one in scheduler.list_schedules()["Schedules"]:
        _set(scheduler, one["Name"], "DISABLED")
    yield
    for one in scheduler.list_schedules()["Schedules"]:
        _set(scheduler, one["Name"], "ENABLED")
    began = time.time_ns() // 1_000_000
    world.until("a sweep", lambda: _told_since(world, "Swept", began), 150)


def _untold(world: World) -> Iterator[None]:
    functions, scheduler = world.client("lambda"), world.client("scheduler")
    name = world.function("Announce")
    (stream,) = functions.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
    (minute,) = [
        one["Name"] for one in scheduler.list_schedules()["Schedules"] if name in str(one.get("Target", {}).get("Arn"))
    ]
    functions.update_event_source_mapping(UUID=stream["UUID"], Enabled=False)
    _set(scheduler, minute, "DISABLED")
    world.ends(world.order())
    yield
    functions.update_event_source_mapping(UUID=stream["UUID"], Enabled=True)
    _set(scheduler, minute, "ENABLED")
    began = time.time_ns() // 1_000_000
    world.until("the outbox is looked at", lambda: _told_since(world, "OutboxAgeSeconds", began), 150)


def _set(scheduler: Any, name: str, state: str) -> None:
    found = scheduler.get_schedule(Name=name)
    kept = {
        key: found[key] for key in ("ScheduleExpression", "FlexibleTimeWindow", "Target", "GroupName") if key in found
    }
    scheduler.update_schedule(Name=name, State=state, **kept)


def _told_since(world: World, wanted: str, began_ms: int) -> bool:
    series = world.series()
    return any(at > began_ms for (_, name, _), told in series.values.items() if name == wanted for at, _ in told)


def _poor(world: World) -> Iterator[None]:
    account = world.account()
    world.control("pack", account=account, units="40")
    yield
    world.must("costs", "40")
    world.control("pack", account=account, units="50000")
    world.must("costs", "50000", "online")


def _turned_away(world: World) -> Iterator[None]:
    functions, name = world.client("lambda"), world.function("Dispatch")
    functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    job = world.order()
    for _ in range(3):
        world.refused(
            "TooManyRequestsException", lambda: functions.invoke(FunctionName=name, Payload=b'{"Records": []}')
        )
    yield
    world.must(f"trace {job}", "queued")
    functions.delete_function_concurrency(FunctionName=name)
    world.ends(job)


DRILLS: Final = (
    Drill("dead-letters", "HintsDead", _dead_letter),
    Drill("oldest-waiting", "OldestWaiting", _waiting, 200),
    Drill("executions-failed", "ExecutionsFailed", _stopped_execution),
    Drill("stuck-job", "ExecutionsFailed", _stopped_execution),
    Drill("breaker-open", "BreakerOpen", _blocked),
    Drill("provider-trouble", "ProviderTrouble", _dark),
    Drill("callback-silence", "CallbackSilence", _silent),
    Drill("slot-leak", "SlotLeak", _leaked),
    Drill("ledger-drift", "LedgerDrift", _drifted),
    Drill("budget-burn", "BudgetBurn", _spending),
    Drill("api-errors", "ApiErrors", _broken),
    Drill("function-errors", "FunctionErrors", _broken),
    Drill("user-impact", "ApiErrors", _paging),
    Drill("success-ratio", "SuccessRatio", _failing),
    Drill("endpoint-disabled", "EndpointDisabled", _endpoint),
    Drill("outbox-old", "OutboxOld", _untold, 150),
    Drill("kling-credit", "KlingCreditLow", _poor, 400),
    Drill("throttles", "Throttles", _turned_away),
    Drill("sweep-silent", "SweepSilent", _no_sweep, 400),
)
