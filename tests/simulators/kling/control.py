"""The experimenter's side: script faults, move time, change limits, and account for everything."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from tests.simulators.kling import accounts
from tests.simulators.kling.app import App
from tests.simulators.kling.callbacks import Announcer
from tests.simulators.kling.clock import VirtualClock
from tests.simulators.kling.courier import Courier
from tests.simulators.kling.faults import Rule
from tests.simulators.kling.task import SUCCEED, Task
from tests.simulators.kling.wire import Json

ONE_DAY_SECONDS = 86_400


class Control:
    """What a test or an operator does to one simulator; unknown tasks raise KeyError, bad requests ValueError."""

    def __init__(self, app: App, announcer: Announcer, courier: Courier) -> None:
        self._app, self._announcer, self._courier = app, announcer, courier
        self._engine = app.api.engine

    def add_fault(self, fault: str, match: Json | None = None, times: int | None = 1, **args: Any) -> Rule:
        """Script one fault; `times` None means always."""
        return self.add_rule({"fault": fault, "match": match or {}, "times": times, "args": args})

    def add_rule(self, body: Json) -> Rule:
        """Script one fault written as in `POST /_control/faults`."""
        with self._app.lock:
            return self._app.api.faults.add(body)

    def rules(self) -> list[Json]:
        """Return the rules in force with how often each was seen and used."""
        return [vars(rule) for rule in self._app.api.faults.rules]

    def clear_faults(self) -> None:
        """Forget all rules; what they have done already stays done."""
        self._app.api.faults.rules.clear()

    def advance(self, seconds: float) -> None:
        """Move virtual time on, stopping at everything that happens and sending callbacks at their time."""
        clock = self._virtual()
        until_ms = clock.now_ms() + round(1000 * seconds)
        self._settle(lambda next_ms: next_ms <= until_ms)
        clock.move_to(until_ms)

    def run_until_idle(self, limit_seconds: float = ONE_DAY_SECONDS) -> None:
        """Move virtual time to the last thing planned, but not past the limit."""
        until_ms = self._virtual().now_ms() + round(1000 * limit_seconds)
        self._settle(lambda next_ms: next_ms <= until_ms)

    def finish(self, task: str, status: str = SUCCEED, message: str = "") -> None:
        """End a task now, found by either of its ids in any account."""
        with self._app.lock:
            found = self._find(task)
            found.message = message or found.message
            self._engine.finish(found, status, self._app.api.clock.now_ms())
        self._app.wake()

    def set_limits(self, changes: Json) -> None:
        """Change `concurrency`, `by_model`, `requests_per_second` or `foreign`; what is not named stays."""
        limits = self._engine.limits
        if unknown := set(changes) - {"concurrency", "by_model", "requests_per_second", "foreign"}:
            raise ValueError(f"unknown limits {', '.join(sorted(unknown))}")
        for name, value in changes.items():
            setattr(limits, name, value)

    def set_units_left(self, units: str, account: str) -> None:
        """Let an account's pack hold so many units from now on: others used it, or more was bought."""
        with self._app.lock:
            self._engine.ledger.leave(account, Decimal(units))

    def set_webhook_secrets(self, secrets: Iterable[str]) -> None:
        """Replace the signing secrets, for tasks in flight too; none means unsigned callbacks."""
        self._courier.secrets = tuple(secrets)

    def tasks(self) -> list[Json]:
        """Return every task with its true state."""
        with self._app.lock:
            return accounts.tasks(self._engine.store)

    def state(self) -> Json:
        """Return tasks, calls, deductions, callbacks and totals, for exact accounting."""
        with self._app.lock:
            return accounts.state(self._app, self._announcer)

    def _virtual(self) -> VirtualClock:
        clock = self._app.api.clock
        if not isinstance(clock, VirtualClock):
            raise ValueError("this simulator runs in real time")  # noqa: TRY004 - the request is wrong, not a type
        return clock

    def _settle(self, in_reach: Callable[[int], bool]) -> None:
        """Let things happen one moment at a time; callbacks go out without the lock, so receivers may call back."""
        self._happen()
        while (next_ms := self._app.timeline.next_ms()) is not None and in_reach(next_ms):
            self._virtual().move_to(next_ms)
            self._happen()

    def _happen(self) -> None:
        self._app.tick()
        while self._announcer.ready:
            self._courier.deliver(self._announcer.ready.popleft())

    def _find(self, wanted: str) -> Task:
        tasks = self._engine.store.tasks.values()
        if found := next((task for task in tasks if wanted in {task.task_id, task.external_id}), None):
            return found
        raise KeyError(wanted)
