"""Faults of what AWS does for us, and the way out of each."""

import time
from collections.abc import Iterator
from typing import Any

from local.drills.world import Fault, World


def dead_letter(output: str) -> Fault:
    """A message that nobody can read, in the dead-letter queue that the stack's output names."""

    def fault(world: World) -> Iterator[None]:
        world.console.client("sqs").send_message(QueueUrl=world.deployment.outputs[output], MessageBody="garbage")
        yield
        world.must("deadletters explain", "drop")
        world.must("deadletters drop")
        world.must("deadletters list", "nothing")

    return fault


def stopped_execution(world: World) -> Iterator[None]:
    """The execution of a job is stopped while Kling works."""
    world.kling.lies("takes_seconds", args={"seconds": 400})
    job = world.order()
    world.at_kling(job)
    arn = world.deployment.outputs["StateMachineArn"].replace(":stateMachine:", ":execution:")
    world.console.client("stepfunctions").stop_execution(executionArn=f"{arn}:{job}-1")
    yield
    world.must(f"trace {job}", "ABORTED")
    world.kling.is_well()
    world.kling.control("finish", task=f"{job}-1")
    world.must(f"job reconcile {job}")
    world.ends(job)
    world.must(f"trace {job}", "succeeded")


def no_sweep(world: World) -> Iterator[None]:
    """The schedules are switched off."""
    scheduler = world.console.client("scheduler")
    for one in scheduler.list_schedules()["Schedules"]:
        _set(scheduler, one["Name"], "DISABLED")
    yield
    for one in scheduler.list_schedules()["Schedules"]:
        _set(scheduler, one["Name"], "ENABLED")
    began = time.time_ns() // 1_000_000
    world.until("a sweep", lambda: told_since(world, "Swept", began), 150)


def untold(world: World) -> Iterator[None]:
    """Neither the table's stream nor its schedule wakes announce."""
    functions, scheduler = world.console.client("lambda"), world.console.client("scheduler")
    name = world.console.function("Announce")
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
    world.until("the outbox is looked at", lambda: told_since(world, "OutboxAgeSeconds", began), 150)


def _set(scheduler: Any, name: str, state: str) -> None:
    found = scheduler.get_schedule(Name=name)
    kept = {
        key: found[key] for key in ("ScheduleExpression", "FlexibleTimeWindow", "Target", "GroupName") if key in found
    }
    scheduler.update_schedule(Name=name, State=state, **kept)


def told_since(world: World, wanted: str, began_ms: int) -> bool:
    """Whether a function told of something since then."""
    series = world.series()
    return any(at > began_ms for (_, name, _), told in series.values.items() if name == wanted for at, _ in told)
