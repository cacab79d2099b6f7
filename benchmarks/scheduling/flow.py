"""The state machine: park a token, wait for the callback or for a rung of the ladder, then finalize."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.scheduling.latencies import Dice, Latencies
from benchmarks.scheduling.meter import Meter
from reelwright.domain.job import Job
from reelwright.domain.signals import StillGenerating
from tests.simulation.memory import Rows
from tests.simulation.memory.parking import park
from tests.simulation.world import World

LADDER_SECONDS = (90, 120, 180, 300, 600, 1200, 1800)
RETRY_MS = 15_000
TIMEOUT_MS = 600_000


@dataclass(slots=True)
class Execution:
    """One execution; `token` is what it waits for, `rung` how often it polled."""

    job: str
    attempt: int
    token: str = ""
    rung: int = 0
    visits: int = 0
    running: bool = True


class Flow:
    """Implements `ports.Workflows`; `poll` and `finalize` are the tasks."""

    def __init__(self, world: World, dice: Dice, latencies: Latencies, rows: Rows, meter: Meter) -> None:
        self._world, self._dice, self._latencies = world, dice, latencies
        self._rows, self._meter = rows, meter
        self._executions: dict[tuple[str, int], Execution] = {}
        self._waiting: dict[str, Execution] = {}
        self.poll: Callable[[str, int], object] = lambda _job, _attempt: None
        self.finalize: Callable[[str, int], object] = lambda _job, _attempt: None

    def start(self, job: Job) -> bool:
        """See `ports.Workflows.start`."""
        key = (job.attempt.external_id, job.executions)
        if key not in self._executions:
            execution = self._executions[key] = Execution(job.id, job.attempt.number)
            self._step(lambda: self._await(execution))
        return True

    def running(self, job: Job) -> bool:
        """See `ports.Workflows.running`."""
        found = self._executions.get((job.attempt.external_id, job.executions))
        return found is not None and found.running

    def resume(self, task_token: str) -> None:
        """See `ports.Workflows.resume`."""
        execution = self._waiting.pop(task_token, None)
        if execution is not None:
            self._step(lambda: self._call("finalize", execution))

    def _step(self, then: Callable[[], None]) -> None:
        self._world.at(self._dice.around(self._latencies.workflow_step), then)

    def _await(self, execution: Execution) -> None:
        execution.visits += 1
        token = f"{execution.job}/{execution.attempt}/{execution.visits}"
        self._meter.calls["park"] += 1
        self._meter.conditional += 1
        if not park(self._rows, execution.job, execution.attempt, token):
            self._meter.failed += 1
            return self._step(lambda: self._call("finalize", execution))
        self._waiting[token] = execution
        seconds = LADDER_SECONDS[min(execution.rung, len(LADDER_SECONDS) - 1)]
        return self._world.at(seconds * 1000, lambda: self._timed_out(execution, token))

    def _timed_out(self, execution: Execution, token: str) -> None:
        if self._waiting.pop(token, None):
            execution.rung += 1
            self._step(lambda: self._call("poll", execution))

    def _call(self, task: str, execution: Execution) -> None:
        function = getattr(self, task)

        def done(_result: object, error: BaseException | None) -> None:
            if isinstance(error, StillGenerating):
                self._step(lambda: self._await(execution))
            elif error is not None:
                self._world.at(self._dice.below(RETRY_MS), lambda: self._call(task, execution))
            elif task == "poll":
                self._step(lambda: self._call("finalize", execution))
            else:
                execution.running = False

        self._world.call(task, TIMEOUT_MS, lambda: function(execution.job, execution.attempt), done)
