"""Faults of Lambda's concurrency, and the way out of each."""

from collections.abc import Iterator
from typing import Final

from local.demo import ORDER
from local.drills.not_seen import NotSeen
from local.drills.world import World

OF_THE_PROVIDER: Final = ("BreakerOpen", "ProviderTrouble", "RenderingsFail")
TURNED_AWAY: Final = 429
"""What the embedded API Gateway answers where Lambda has no place; the one of AWS answers 503."""


def turned_away(world: World) -> Iterator[None]:
    """Lambda has no place for dispatch."""
    functions, name = world.console.client("lambda"), world.console.function("Dispatch")
    functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    job = world.order()
    for _ in range(3):
        world.console.refused(
            "TooManyRequestsException", lambda: functions.invoke(FunctionName=name, Payload=b'{"Records": []}')
        )
    yield
    world.must(f"trace {job}", "queued")
    functions.delete_function_concurrency(FunctionName=name)
    world.ends(job)


def shut_out(world: World) -> Iterator[None]:
    """Lambda has no place for submit: clients are turned away."""
    functions, name = world.console.client("lambda"), world.console.function("DoorsSubmit")
    job = world.order()
    functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    world.ends(job)
    answers = [world.api.call("POST", "/v1/videos", ORDER).status for _ in range(3)]
    if answers != [TURNED_AWAY] * 3:
        raise NotSeen(f"orders were answered {answers}")
    yield
    functions.delete_function_concurrency(FunctionName=name)
    world.ends(world.order())


def paging(world: World) -> Iterator[None]:
    """The same for so long that it would page, while the provider is well."""
    steps = turned_away(world)
    yield next(steps)
    if held_back := [name for name in OF_THE_PROVIDER if world.beyond(name)]:
        raise NotSeen(f"the page would be held back by {held_back}")
    next(steps, None)
