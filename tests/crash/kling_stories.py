"""How Kling behaves, while a client wants one video."""

from tests.crash.stories import CLIP, UNITS, one_clip, tenant
from tests.crash.world import World


def no_callbacks(world: World) -> None:
    """Kling never calls back."""
    world.kling.control.add_fault("callback_none", times=None)
    one_clip(world)


def doubled_callbacks(world: World) -> None:
    """Kling calls back twice, in the wrong order, lies in between, and deducts more than was estimated."""
    world.kling.control.add_fault("deduction_differs", times=None, units="2.1")
    for fault in ("callback_doubled", "callback_reversed", "callback_forged"):
        world.kling.control.add_fault(fault, times=None)
    one_clip(world)


def fails(world: World) -> None:
    """Kling's moderation ends the task."""
    world.kling.control.add_fault("refused", times=None)
    one_clip(world)


def fails_once(world: World) -> None:
    """The first attempt is refused after submission, the second one passes."""
    world.kling.control.add_fault("refused", times=1)
    one_clip(world)


def accepted_without_answer(world: World) -> None:
    """Kling accepts, the answer never comes."""
    world.kling.control.add_fault("accept_then_timeout", {"method": "POST"})
    one_clip(world)


def accepted_late(world: World) -> None:
    """Kling's answer never comes, and the task appears only seconds later."""
    world.kling.control.add_fault("late_accept", {"method": "POST"}, seconds=20)
    one_clip(world)


def silent_twice(world: World) -> None:
    """Kling takes nothing and says nothing, twice; look-ups fail once too."""
    world.kling.control.add_fault("timeout", {"method": "POST"}, times=2)
    world.kling.control.add_fault("http_503", {"method": "GET"})
    one_clip(world)


def in_arrears_for_a_while(world: World) -> None:
    """A tenant with a large share uses two models of an account when Kling wants to be paid first."""
    tenant(UNITS, weight=3)
    world.submit(1, CLIP, "key-1")
    world.agenda.after(8, lambda: _owe(world))
    for number, model in enumerate(("kling-v2-6", "kling-v2-5-turbo"), 2):
        world.submit(10 * number, CLIP | {"model": model}, f"key-{number}")


def _owe(world: World) -> None:
    world.kling.control.add_fault("error_code", {"method": "POST"}, times=2, code=1101)


def never_answers(world: World) -> None:
    """It never becomes known whether Kling took it."""
    world.kling.control.add_fault("timeout", {"method": "POST"}, times=None)
    one_clip(world)


def never_answers_in_arrears(world: World) -> None:
    """It never becomes known whether Kling took it, and the account is in arrears: Kling cannot be asked either."""
    world.kling.control.add_fault("error_code", {"method": "GET"}, times=None, code=1101)
    never_answers(world)


def full_account(world: World) -> None:
    """The account is full twice, then not."""
    world.kling.control.add_fault("error_code", {"method": "POST"}, times=2, code=1303)
    one_clip(world)


def canceled_in_time(world: World) -> None:
    """The account is full; the client does not want to wait."""
    world.kling.control.add_fault("error_code", {"method": "POST"}, times=1, code=1303)
    one_clip(world)
    world.cancel(2)


def refused_at_once(world: World) -> None:
    """Kling refuses the content at submission."""
    world.kling.control.add_fault("error_code", {"method": "POST"}, times=None, code=1301)
    one_clip(world)


def waits_too_long(world: World) -> None:
    """The account is blocked for longer than the client wants to wait.

    Where a dispatcher died, its call stays unknown, and the job waits for the provider's deadline instead.
    """
    world.kling.control.add_fault("error_code", {"method": "POST"}, times=None, code=1101)
    world.submit(1, CLIP | {"expires_in": 150})


def never_ends(world: World) -> None:
    """Kling never tells an end; nobody calls back."""
    world.kling.control.add_fault("stuck_processing", times=None)
    one_clip(world)


def broken_files(world: World) -> None:
    """The file is cut short once, and answered with an error page once."""
    world.kling.control.add_fault("result_truncated")
    world.kling.control.add_fault("result_wrong_type")
    one_clip(world)


def never_delivered(world: World) -> None:
    """The file can never be had."""
    world.kling.control.add_fault("result_expired", times=None)
    one_clip(world)


def long_video(world: World) -> None:
    """Rendering takes longer than a slot's lease: the sweep lengthens it, and the last rung of polling repeats."""
    world.kling.control.add_fault("callback_none", times=None)
    world.kling.control.add_fault("takes_seconds", times=None, seconds=1200)
    one_clip(world)


def large_and_broken(world: World) -> None:
    """A result too large for the disk goes up in parts; the first try is cut short."""
    world.kling.control.add_fault("result_truncated", bytes=3_550)
    one_clip(world)


def expires_between_sweeps(world: World) -> None:
    """The account is blocked; the next hint comes after the job's time and before the sweep."""
    world.kling.control.add_fault("error_code", {"method": "POST"}, times=None, code=1101)
    world.submit(55, CLIP | {"expires_in": 60})


def lost_to_a_forger(world: World) -> None:
    """A forged end wakes the workflow after the provider's deadline, and Kling knows of no end."""
    world.kling.control.add_fault("stuck_processing", times=None)
    world.kling.control.add_fault("callback_forged", times=None)
    one_clip(world)


def lenient_kling(world: World) -> None:
    """Kling accepts late and would take the same external id twice: only our own look-ups stand in between."""
    accepted_late(world)
