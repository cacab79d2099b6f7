"""What a drill can do: act as a customer, as Kling, as AWS's console, and as the operator at the command line."""

import io
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from typing import Any, Final

from botocore.exceptions import ClientError

from local import aws
from local.api import fetch
from local.demo import ORDER
from local.deployment import Deployment
from local.figures.bells import Bell
from local.figures.samples import Samples, Watched
from local.figures.series import Series
from local.figures.told import told
from reelwright.ops.main import main as operate

LOOK_EVERY_SECONDS: Final = 1.5
STEP_MS: Final = 5_000
LANE: Final = f"main.{ORDER['model']}.video"


class NotSeen(AssertionError):
    """What a drill waits for did not come."""


@dataclass(slots=True)
class World:
    """One deployment under drills; `began_ms` is when the present drill began."""

    deployment: Deployment
    alarms: Mapping[str, Bell]
    samples: Samples
    api: Watched
    tenant: str = "drills"
    began_ms: int = 0
    said: list[str] = field(default_factory=list)

    def client(self, service: str) -> Any:
        """AWS, with root's rights."""
        return aws.client(self.deployment.stack, service)

    def order(self, **changes: object) -> str:
        """Ask for a video; its id."""
        return str(self.api.submit(ORDER | changes)["id"])

    def until(self, what: str, seen: Callable[[], bool], seconds: float = 90) -> None:
        """Look until it is so. Raises NotSeen."""
        deadline, rest = time.monotonic() + seconds, threading.Event()
        while not seen():
            if time.monotonic() > deadline:
                raise NotSeen(f"not within {seconds:.0f} s: {what}")
            rest.wait(LOOK_EVERY_SECONDS)

    def at_kling(self, job_id: str) -> None:
        """Wait until Kling works on a job. Raises NotSeen."""
        self.until(f"{job_id} is at Kling", lambda: self.api.video(job_id)["status"] == "generating")

    def ends(self, job_id: str, status: str = "succeeded", seconds: float = 120) -> None:
        """Wait for the end of a job. Raises NotSeen."""
        self.until(f"{job_id} is {status}", lambda: self.api.video(job_id)["status"] == status, seconds)

    def rings(self, name: str, seconds: float = 100) -> None:
        """Wait until the alarm's figure, over a period of its definition, is beyond its threshold. Raises NotSeen."""
        self.until(f"the condition of {name}", lambda: self.beyond(name), seconds)

    def beyond(self, name: str) -> bool:
        """Whether that was so of any period since the drill began; silence counts once it has lasted for a period."""
        bell, series = self.alarms[name], self.series()
        now = time.time_ns() // 1_000_000
        first = bell.period_ms if bell.properties["TreatMissingData"] == "breaching" else STEP_MS
        return any(self.judged(bell, series, at) for at in range(self.began_ms + first, now + STEP_MS, STEP_MS))

    @staticmethod
    def judged(bell: Bell, series: Series, at_ms: int) -> bool:
        """Whether the period that ends there is beyond the threshold."""
        return bell.breaches(bell.value(series, at_ms - bell.period_ms))

    def series(self) -> Series:
        """What was told since the drill began: of the drill before nothing counts."""
        whole = told(self.deployment, self.samples)
        return Series({key: [one for one in values if one[0] >= self.began_ms] for key, values in whole.values.items()})

    def ops(self, line: str) -> int:
        """Run a command as the operator does; its exit code. What it printed is in `said`."""
        text = io.StringIO()
        with redirect_stdout(text):
            code = operate([*line.split(), "--stage", "embedded", "--as", "drill"])
        self.said.append(text.getvalue())
        return code

    def must(self, line: str, *words: str, code: int = 0) -> None:
        """Run a command that must end so and say these words. Raises NotSeen."""
        found = self.ops(line)
        if found != code or not all(word in self.said[-1] for word in words):
            raise NotSeen(f"`ops {line}` gave {found}: {self.said[-1][:400]}")

    def kling(self, fault: str, **rule: object) -> None:
        """Let Kling misbehave."""
        body = json.dumps({"fault": fault, "times": None, **rule}).encode()
        self._control("POST", "faults", body)

    def kling_is_well(self) -> None:
        """Every fault is over."""
        self._control("DELETE", "faults")

    def control(self, name: str, **body: object) -> None:
        """Any other hand at the simulator."""
        self._control("POST", name, json.dumps(body).encode())

    def account(self) -> str:
        """The name of the account that this deployment's tasks are created in."""
        return str(json.loads(self._control("GET", "tasks"))["tasks"][0]["account"])

    def refused(self, code: str, call: Callable[[], object]) -> None:
        """Make a call that AWS must refuse with this code. Raises NotSeen."""
        try:
            call()
        except ClientError as error:
            if error.response["Error"]["Code"] == code:
                return
        raise NotSeen(f"not refused with {code}")

    def sweep(self, **event: object) -> None:
        """What the schedule does, at once."""
        self.client("lambda").invoke(FunctionName=self.function("Sweep"), Payload=json.dumps(event).encode())

    def function(self, part: str) -> str:
        """A function's name by a part of it."""
        pages = self.client("lambda").get_paginator("list_functions").paginate()
        names = [one["FunctionName"] for page in pages for one in page["Functions"]]
        return str(next(name for name in names if part in name))

    def change_row(self, pk: str, sk: str, change: str, **values: Any) -> None:
        """Write into the table by hand."""
        self.client("dynamodb").update_item(
            TableName=self.deployment.outputs["TableName"],
            Key={"pk": {"S": pk}, "sk": {"S": sk}},
            UpdateExpression=change,
            **values,
        )

    def _control(self, method: str, name: str, body: bytes | None = None) -> bytes:
        url = f"{self.deployment.kling.base_url}/_control/{name}"
        answer = fetch(method, url, body, {"Content-Type": "application/json"})
        if answer.status >= 300:  # noqa: PLR2004 - anything but a success
            raise NotSeen(f"the simulator gave {answer.status}")
        return answer.body


Fault = Callable[[World], Iterator[None]]
"""Puts a fault in, yields, and mends when it is resumed."""
