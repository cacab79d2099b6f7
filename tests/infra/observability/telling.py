"""Stories of telling: the real use cases and their real telemetry, minute by minute on virtual time."""

from collections.abc import Callable

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table import keys
from reelwright.observability import PowertoolsTelemetry, lines
from tests.crash import cloud
from tests.infra.observability.stories import MINUTE_MS, Told
from tests.infra.observability.tape import recording
from tests.support.pipeline import Pipeline
from tests.support.telling import Telling

URL = "https://hooks.example/one"
TENANT = "told"


def _well(telling: Telling) -> None:
    telling.managing.create(TENANT, URL)


def _gone(telling: Telling) -> None:
    """The endpoint says that it will never come back."""
    telling.managing.create(TENANT, URL)
    telling.receiver.answers[URL] = [410]


def _deaf(telling: Telling) -> None:
    """The bus takes nothing."""
    telling.events.refuses = 1_000


def _torn(telling: Telling) -> None:
    """Somebody wrote into the outbox by hand what is no event."""
    telling.managing.create(TENANT, URL)
    telling.real.put_item(TableName=telling.name, Item=keys.key(keys.outbox_pk(0), "0#spoiled"))


SCRIPTS: dict[str, Callable[[Telling], None]] = {
    "told well": _well,
    "gone": _gone,
    "deaf": _deaf,
    "torn": _torn,
    "asleep": _well,
}
"""In the last one the schedule is off after ten minutes."""

NO_STREAM = {"torn"}

MINUTES = 40


def tell_of(name: str) -> Told:
    """A job of one tenant ends every third minute; the stream works in the even ones, the repair each minute."""
    cloud.empty()
    telling = Telling(client("dynamodb"), cloud.TABLE, PowertoolsTelemetry())
    pipeline = Pipeline(telling.table, cloud.TABLE, clock=telling.clock)
    pipeline.tenant(TENANT)
    SCRIPTS[name](telling)
    began = telling.clock.now_ms() // MINUTE_MS * MINUTE_MS
    with recording(telling.clock.now_ms) as tape:
        for minute in range(MINUTES):
            telling.clock.at_ms = began + minute * MINUTE_MS + 5_000
            if name != "asleep" or minute < 10:
                _pass(telling, pipeline, minute, stream=minute % 2 == 0 and name not in NO_STREAM)
            lines.flush_metrics()
    return Told(tape.lines, tape.series, began, began + MINUTES * MINUTE_MS)


def _pass(telling: Telling, pipeline: Pipeline, minute: int, *, stream: bool) -> None:
    if minute % 3 == 0:
        pipeline.canceling.cancel(TENANT, pipeline.submit(TENANT).job_id)
    if stream:
        telling.announcing.announce(telling.in_outbox())
    telling.repairing.repair()
    telling.work()
