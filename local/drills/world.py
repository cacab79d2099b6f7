"""What a drill can do: act as a customer and as the operator at the command line, watch alarms, and reach for more."""

import io
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from typing import Final

from local.demo import ORDER
from local.deployment import Deployment
from local.drills.console import Console
from local.drills.kling import KlingHand
from local.drills.not_seen import NotSeen
from local.figures.bells import Bell
from local.figures.samples import Samples, Watched
from local.figures.series import Series
from local.figures.told import told
from reelwright.ops.main import main as operate

LOOK_EVERY_SECONDS: Final = 1.5
STEP_MS: Final = 5_000
LANE: Final = f"main.{ORDER['model']}.video"


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

    @property
    def kling(self) -> KlingHand:
        """The simulator that stands for Kling."""
        return KlingHand(self.deployment.kling.base_url)

    @property
    def console(self) -> Console:
        """AWS, with root's rights."""
        return Console(self.deployment)

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


Fault = Callable[[World], Iterator[None]]
"""Puts a fault in, yields, and mends when it is resumed."""
