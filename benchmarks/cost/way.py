"""One job on its whole way, with callbacks, through the real handlers: what was done how often."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final
from unittest.mock import patch

import tests.conftest  # noqa: F401 - credentials that are nobody's, before any client is made
from benchmarks.cost.meter import Meter
from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table.endpoints import TableEndpoints
from reelwright.adapters.aws.table.lanes import TableLanes
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.adapters.webhooks.sender import GuardedSender
from reelwright.domain.endpoint import SecretVersion, WebhookEndpoint
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.tell.ports import Answer
from tests.crash import cloud
from tests.crash.functions import handler
from tests.crash.machine import Execution, Machine
from tests.crash.rig import rig
from tests.crash.world import World
from tests.simulators.kling.clock import VirtualClock
from tests.simulators.kling.settings import Settings
from tests.simulators.kling.simulator import KlingSimulator

BODY: Final = {
    "type": "text_to_video",
    "model": "kling-v2-5-turbo",
    "prompt": "A lighthouse keeper climbs the spiral stairs with a lantern; rain on the windows, warm light, handheld "
    "camera close behind, then out onto the gallery where the storm breaks over a black sea.",
    "duration": 5,
}
TOKEN_CHARACTERS: Final = 700
"""How long Step Functions' task tokens are; a simulated one is padded to that, for the row's size."""


@dataclass
class Way:
    """What was counted. `functions` are invocations, `states` entered states of the state machine."""

    meter: Meter
    functions: Counter[str]
    states: int = 0
    hints: int = 0
    objects: int = 0
    events: int = 0
    deliveries: int = 0


@dataclass
class CountingMachine:
    """Counts the states that executions enter, and makes tokens as long as real ones."""

    machine: Machine
    states: int = 0
    _enter: Callable[[Execution], None] = field(init=False)

    def __post_init__(self) -> None:
        self._enter = self.machine._enter  # noqa: SLF001 - the interpreter has no other place to count
        self.machine._enter = self._counted  # type: ignore[method-assign]  # noqa: SLF001
        park = self.machine.park
        self.machine.park = lambda parameters: park(_long_token(parameters))

    def _counted(self, execution: Execution) -> None:
        self.states += 1
        self._enter(execution)


def _long_token(parameters: dict[str, Any]) -> dict[str, Any]:
    values = dict(parameters["ExpressionAttributeValues"])
    token = values[":token"]["S"]
    return parameters | {"ExpressionAttributeValues": values | {":token": {"S": token + "x" * TOKEN_CHARACTERS}}}


def one_job(endpoints: int = 0) -> Way:
    """Run one job to its end and tell of it. Raises RuntimeError when it does not succeed."""
    meter = Meter()
    settings = Settings(accounts=cloud.KLING_ACCOUNT, render="tiny", concurrency=5)
    with (
        rig() as made,
        KlingSimulator(settings, clock=VirtualClock(), send=lambda *call: _called(made, *call)) as kling,
    ):
        world = made.enter(meter, lambda: World(meter, kling, handler), {})
        TableTenants(client("dynamodb"), cloud.TABLE).put(Tenant("acme", Decimal(100), 10, 1000))
        TableLanes(client("dynamodb"), cloud.TABLE, 5).get(f"main.{BODY['model']}.video")
        for number in range(endpoints):
            _endpoint(number)
        meter.calls.clear()
        meter.writes = 0
        machine = CountingMachine(world.machine)
        resume = world.machine.resume
        world.machine.resume = lambda token: resume(token.rstrip("x"))  # type: ignore[method-assign]
        world.submit(1, BODY)
        world.agenda.run(world.agenda.clock.now_ms() + 3_600_000, world.idle)
        _tell(world)
        return _counted(world, meter, machine)


def _endpoint(number: int) -> None:
    secrets = (SecretVersion(1, 0),)
    made = WebhookEndpoint(f"whe_{number:026d}", "acme", "https://hooks.example/kling", (), "", 0, secrets)
    TableEndpoints(client("dynamodb"), cloud.TABLE).put_new(made)


def _tell(world: World) -> None:
    """The stream brings what came into the outbox, the queue what announce sent; every endpoint takes it at once."""
    rows = [row for (pk, _), row in cloud.rows().items() if pk.startswith("OUTBOX#")]
    records = [{"dynamodb": {"SequenceNumber": str(number), "NewImage": row}} for number, row in enumerate(rows)]
    world.invoke("announce", {"Records": records})
    with patch.object(GuardedSender, "post", lambda *_: Answer(204)):
        for row in [row for (pk, _), row in cloud.rows().items() if pk.startswith("ENDPOINT#")]:
            body = {"endpoint": row["endpoint_id"]["S"], "delivery": row["id"]["S"]}
            world.invoke("deliver", {"Records": [{"messageId": "1", "body": json.dumps(body)}]})


def _called(made: Any, *call: Any) -> int:
    return int(made.world.callback(*call))


def _counted(world: World, meter: Meter, machine: CountingMachine) -> Way:
    status = next(row["status"]["S"] for (_, sk), row in cloud.rows().items() if sk == "JOB")
    if status != "succeeded":
        raise RuntimeError(f"the measured job ended as {status}")
    functions = Counter(function for function, _ in world.events)
    told = meter.calls["announce PutEvents"], functions["deliver"]
    return Way(meter, functions, machine.states, len(world.queue.sent), len(cloud.objects()), *told)
