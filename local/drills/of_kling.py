"""Faults at Kling, and the way out of each."""

from collections.abc import Iterator
from typing import Final

from local.drills.world import LANE, World

REFUSES: Final = {"match": {"method": "POST"}}


def blocked(world: World) -> Iterator[None]:
    """Kling blocks the account (1102)."""
    world.kling.lies("error_code", args={"code": 1102}, **REFUSES)
    job = world.order()
    world.until("the breaker opened", lambda: world.ops("lane list") == 0 and "open: 1102" in world.said[-1])
    world.console.sweep()
    yield
    world.kling.is_well()
    world.must(f"lane reset {LANE}")
    world.ends(job)
    world.must("lane list", "closed")


def dark(world: World) -> Iterator[None]:
    """Kling answers every create with 503."""
    world.kling.lies("http_503", **REFUSES)
    jobs = [world.order() for _ in range(2)]
    yield
    world.must("pause all")
    world.kling.is_well()
    world.must("resume all")
    world.must(f"lane reset {LANE}")
    for job in jobs:
        world.ends(job)


def silent(world: World) -> Iterator[None]:
    """Kling sends no callbacks."""
    world.kling.lies("callback_none")
    jobs = [world.order() for _ in range(2)]
    for job in jobs:
        world.ends(job)
    yield
    world.kling.is_well()
    waiting = world.order()
    world.ends(waiting)
    world.must(f"trace {waiting}", "succeeded")


def failing(world: World) -> Iterator[None]:
    """Kling ends tasks as failed."""
    world.kling.lies("takes_seconds", args={"seconds": 4000})
    jobs = [world.order() for _ in range(3)]
    for job in jobs:
        world.at_kling(job)
        world.kling.control("finish", task=f"{job}-1", status="failed", message="internal error")
    for job in jobs:
        world.ends(job, "failed")
    yield
    world.must(f"trace {jobs[0]}", "generation_failed")
    world.kling.is_well()
    world.ends(world.order())


def barren(world: World) -> Iterator[None]:
    """Kling takes every task and ends none with a video."""
    world.kling.lies("refused", args={"message": "internal error"})
    jobs = [world.order() for _ in range(3)]
    for job in jobs:
        world.ends(job, "failed")
    yield
    world.must(f"trace {jobs[0]}", "generation_failed")
    world.kling.is_well()
    world.ends(world.order())


def poor(world: World) -> Iterator[None]:
    """Others use up the account's pack."""
    account = world.kling.account()
    world.kling.control("pack", account=account, units="40")
    yield
    world.until("`costs` says 40", lambda: world.ops("costs") == 0 and "40" in world.said[-1])
    world.kling.control("pack", account=account, units="50000")
    world.until("`costs` says 50000", lambda: world.ops("costs") == 0 and "50000" in world.said[-1])
