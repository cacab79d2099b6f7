"""Something for every command to work on in the deployed whole: a tenant of its own, a lane that nobody uses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Final

from local.api import Api
from local.deployment import Deployment
from local.drills.console import Console
from local.drills.kling import KlingHand
from local.watch import until, until_terminal
from reelwright.use_cases.ops.changes import Hand
from tests.e2e.operating.operator import Operator
from tests.e2e.orders import order
from tests.integration.ops.things import failed

MODEL: Final = "kling-v2-5-turbo"
LANE: Final = "main.kling-v1.video"
HOUR_MS: Final = 3_600_000
SECONDS: Final = 60.0
SLOW: Final = "a snail crosses a square"
SLOW_SECONDS: Final = 360_000
"""Of the simulator's time, which runs a hundred times faster: longer than all that is done with such a job."""


@dataclass(frozen=True)
class Things:
    """`tenant` has the one `job` that goes all its way."""

    deployment: Deployment
    tenant: str
    job: str
    numbers: "count[int]"

    @classmethod
    def begun(cls, deployment: Deployment) -> "Things":
        """With that job sent on its way."""
        tenant = deployment.desk.tenant("operated")
        api = Api(deployment.base_url, deployment.desk.api_key(tenant))
        KlingHand(deployment.kling.base_url).lies(
            "takes_seconds", args={"seconds": SLOW_SECONDS}, match={"prompt": SLOW}
        )
        return cls(deployment, tenant, api.submit(order("a gate is opened", model=MODEL))["id"], count())

    def of(self, operator: Operator, *lines: str) -> dict[str, str]:
        """The names of things by the words that stand for them in the lines; made where a word stands."""
        number, wanted = next(self.numbers), {word for line in lines for word in line.split()}
        tenant = self.tenant if "erase" in wanted else f"operated-{number}"
        if wanted & {"acme", "QUEUED", "AT_KLING"}:
            self.deployment.desk.tenant(tenant)
        makers: Mapping[str, Callable[[], str]] = {
            "KEY": partial(_key, operator, tenant),
            "ENDPOINT": partial(self._endpoint, operator, tenant),
            "LANE": partial(self._lane, operator),
            "SLOT": lambda: f"{self.over()}-1",
            "JOB": partial(self._leaking, operator),
            "QUEUED": partial(self._queued, operator, tenant),
            "AT_KLING": partial(self._at_kling, tenant),
        }
        if "deadletters" in wanted:
            self._letters(tenant)
        made = {word: make() for word, make in makers.items() if word in wanted}
        return {"acme": tenant, "zoe": f"zoe-{number}", **made}

    def over(self) -> str:
        """The job, once it is over."""
        api = self._api(self.tenant)
        until_terminal(lambda: api.video(self.job), lambda _: None, SECONDS)
        return self.job

    def _leaking(self, operator: Operator) -> str:
        self._lane(operator)
        return self.over()

    def _api(self, tenant: str) -> Api:
        return Api(self.deployment.base_url, self.deployment.desk.api_key(tenant))

    def _endpoint(self, operator: Operator, tenant: str) -> str:
        """At which nobody listens, with a delivery that was given up."""
        address = {"url": f"{self.deployment.kling.base_url}/nobody"}
        made = str(self._api(tenant).call("POST", "/v1/webhooks", address).json["id"])
        failed(operator.box, operator.box.webhooks.endpoints.get(tenant, made))
        return made

    def _lane(self, operator: Operator) -> str:
        """It waits, and holds a slot of a job that is over."""
        later = str(operator.clock.now_ms() + HOUR_MS)
        operator.box.reach.lanes.get(LANE)
        slot = {"M": {"tenant": {"S": self.tenant}, "expires_ms": {"N": later}}}
        values = {":slots": {"M": {f"{self.job}-1": slot}}, ":running": {"M": {self.tenant: {"N": "1"}}}}
        Console(self.deployment).change_row(
            "LANES",
            LANE,
            "SET slots = :slots, running = :running, cool_until_ms = :later",
            ExpressionAttributeValues={**values, ":later": {"N": later}},
        )
        return LANE

    def _queued(self, operator: Operator, tenant: str) -> str:
        operator.box.tenants.change(tenant, Hand(), paused=True)
        return str(self._api(tenant).submit(order("later", model=MODEL))["id"])

    def _at_kling(self, tenant: str) -> str:
        api = self._api(tenant)
        job = str(api.submit(order(SLOW, model=MODEL))["id"])
        until(lambda: api.video(job)["status"], "generating".__eq__, SECONDS)
        return job

    def _letters(self, tenant: str) -> None:
        """One that nobody can read, and one that is worth another try."""
        queue = Console(self.deployment).client("sqs")
        for body in ("spoiled", f'{{"lane": "{LANE}", "tenant": "{tenant}", "job": null}}'):
            queue.send_message(QueueUrl=self.deployment.outputs["DeadLettersUrl"], MessageBody=body)


def _key(operator: Operator, tenant: str) -> str:
    key, _ = operator.box.keys.create(tenant, "app", ("videos:read",), None, Hand())
    return key.key_id
