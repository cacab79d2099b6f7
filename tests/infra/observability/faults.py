"""The stories by name."""

from collections.abc import Callable

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import encode
from reelwright.domain.times import month
from tests.crash import cloud
from tests.crash.world import World
from tests.infra.observability.stories import CLIP, Story, check_ledger, clip, every

LANE = "main.kling-v2-5-turbo.video"
MANY = {"LANE_SLOTS": "20"}
FEW = {"LANE_SLOTS": "2", "KLING_CREDIT_MINUTES": "5"}


def _with(fault: str, script: Callable[[World], None], *, method: str = "", **args: object) -> Callable[[World], None]:
    """The script while Kling misbehaves all the time."""

    def begin(world: World) -> None:
        match = {"method": method} if method else None
        world.kling.control.add_fault(fault, match, times=None, **args)
        script(world)

    return begin


def _healthy(world: World) -> None:
    every(3, 18, clip)(world)
    world.agenda.after(3000, lambda: check_ledger(world))


def _two_for_one_slot(world: World) -> None:
    """Kling works, but takes its time, and there is one slot."""
    world.kling.control.add_fault("takes_seconds", times=None, seconds=3000)
    every(0.1, 2, clip)(world)


def _orphans(world: World) -> None:
    """Slots are leased for jobs that do not exist; they lapse after some minutes."""
    clip(world, 0)

    def lease(name: str, minutes: int) -> None:
        expires = world.agenda.clock.now_ms() + minutes * 60_000
        client("dynamodb").update_item(
            TableName=cloud.TABLE,
            Key=keys.lane(LANE),
            UpdateExpression="SET slots.#name = :slot",
            ExpressionAttributeNames={"#name": f"{name}-1"},
            ExpressionAttributeValues=encode({":slot": {"tenant": "acme", "expires_ms": expires}}),
        )

    world.agenda.after(60, lambda: lease("job_lost", 10))
    world.agenda.after(61, lambda: lease("job_gone", 50))


def _down(world: World, how: str) -> None:
    """From now on every call of Kling ends so."""
    world.kling.control.add_fault(how, times=None)


def _blackout(world: World) -> None:
    """Kling works for ten minutes, and then answers nothing at all. Look-ups alone tell: nobody asks for its credit."""
    every(2, 12, clip)(world)
    world.agenda.after(10 * 60, lambda: _down(world, "http_503"))


def _blackout_amid_tasks(world: World) -> None:
    """The few slots are taken by tasks that take an hour, and nobody asks for them but a ladder with long rungs."""
    world.kling.control.add_fault("takes_seconds", times=None, seconds=3600)
    every(0.1, 6, clip)(world)
    world.agenda.after(60, lambda: _down(world, "timeout"))


def _spoiled(world: World) -> None:
    """Somebody writes a type into a waiting job that there is not; Kling takes its time with the one before."""
    world.kling.control.add_fault("takes_seconds", times=None, seconds=6000)
    every(0.1, 2, clip)(world)

    def spoil() -> None:
        client("dynamodb").update_item(
            TableName=cloud.TABLE,
            Key=keys.job(world.answers["key-1"]),
            UpdateExpression="SET #type = :type",
            ExpressionAttributeNames={"#type": "type"},
            ExpressionAttributeValues=encode({":type": "?"}),
        )

    world.agenda.after(60, spoil)


def _garbage(world: World) -> None:
    """Somebody sends a message that is no hint."""
    clip(world, 0)

    def send() -> None:
        client("sqs").send_message(QueueUrl=cloud.QUEUE_URL, MessageBody="garbage")

    world.agenda.after(30, send)


def _tampered(world: World) -> None:
    """Somebody writes into the table by hand."""
    clip(world, 0)
    now = world.agenda.clock.now_ms()

    def tamper() -> None:
        client("dynamodb").update_item(
            TableName=cloud.TABLE,
            Key=keys.budget("acme", month(now)),
            UpdateExpression="ADD captured :one",
            ExpressionAttributeValues=encode({":one": 1}),
        )
        check_ledger(world)

    world.agenda.after(1800, tamper)


def _broken(world: World) -> None:
    """Every call of the table fails: its name is wrong."""
    every(0.1, 150, lambda one, number: one.submit(0, CLIP, f"key-{number}", tries=1))(world)


STORIES = {
    "healthy": Story(_healthy, 75),
    "blocked": Story(_with("error_code", every(1, 3, clip), method="POST", code=1101), 40),
    "dark": Story(_with("timeout", every(1, 12, clip), method="POST"), 20, MANY),
    "dim": Story(_with("timeout", every(1, 6, clip), method="POST"), 60, FEW),
    "blackout": Story(_blackout, 80, {"LANE_SLOTS": "2"}),
    "blackout amid tasks": Story(_blackout_amid_tasks, 100, FEW),
    "barren": Story(_with("refused", every(2, 30, clip), message="internal error"), 75, MANY),
    "spoiled": Story(_spoiled, 60, {"LANE_SLOTS": "1"}),
    "slow": Story(_two_for_one_slot, 40, {"LANE_SLOTS": "1"}),
    "silent": Story(_with("callback_none", every(2, 22, clip)), 50, MANY),
    "undelivered": Story(_with("result_expired", every(2, 18, clip)), 50, MANY | {"DELIVERY_DEADLINE_SECONDS": "240"}),
    "unfinished": Story(_with("result_expired", every(5, 3, clip)), 100, MANY),
    "orphans": Story(_orphans, 80),
    "garbage": Story(_garbage, 40),
    "tampered": Story(_tampered, 35),
    "poor": Story(every(3, 10, clip), 45, {"KLING_CREDIT_MINUTES": "5"}, units=40),
    "broken": Story(_broken, 20, {"TABLE_NAME": "nowhere"}),
}
