"""Implements `ports.Provider` over the account: networks that lose answers, servers that lie."""

from dataclasses import replace

from reelwright.domain.provider_errors import (
    AccountBlocked,
    LookUpFailed,
    OutcomeUnknown,
    ProviderError,
    RateLimited,
    Refused,
    Unreachable,
)
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.ports import Submission
from tests.simulation.baton import Crash
from tests.simulation.chaos import STRICT
from tests.simulation.kling import Account, Kling, Sending
from tests.simulation.world import World

READ_TIMEOUT_MS = 30_000
LATEST_MS = 55_000
"""In the lenient world a task shows up at most this long after it was sent: less than the quiet period."""
VERY_LATE_MS = 1_800_000

NOT_CREATED: tuple[tuple[type[ProviderError], str], ...] = (
    (Unreachable, ""),
    (RateLimited, "1302"),
    (AccountBlocked, "1101"),
    (AccountBlocked, "1004"),
)


class UnsureProvider:
    """What the use cases see of Kling."""

    def __init__(self, world: World, kling: Kling) -> None:
        self._world = world
        self._kling = kling

    def submit(self, submission: Submission) -> Task:
        """See `ports.Provider.submit`."""
        world = self._world
        if submission.generation.prompt == "refused":
            raise Refused("no", code="1301")
        if not world.chance(world.chaos.trouble):
            return self._answered(submission)
        if world.chance(0.5):
            kind, code = world.rng.choice(NOT_CREATED)
            raise kind("not created", code=code)
        return self._unanswered(submission)

    def _answered(self, submission: Submission) -> Task:
        sending = Sending(submission)
        self._send(sending, self._world.rng.randint(20, 5_000))
        if isinstance(sending.outcome, ProviderError):
            raise sending.outcome
        if sending.outcome is None:
            raise OutcomeUnknown("no answer")
        return sending.outcome

    def _unanswered(self, submission: Submission) -> Task:
        """Created or not, at once or later: the answer does not say."""
        world, sending = self._world, Sending(submission)
        kind = "late" if world.chance(world.chaos.late) else world.rng.choice(("lost answer", "server error"))
        if kind == "lost answer":
            self._send(sending, world.rng.randint(20, READ_TIMEOUT_MS))
        elif kind == "late":
            latest = VERY_LATE_MS if world.chaos.kling == STRICT else LATEST_MS
            world.at(
                world.rng.randint(world.rng.choice((1, latest * 3 // 4)), latest),
                lambda: self._account(sending).commit(sending, 0),
            )
            world.pause(READ_TIMEOUT_MS)
        raise OutcomeUnknown(kind)

    def _account(self, sending: Sending) -> Account:
        return self._kling.accounts[sending.submission.account]

    def _send(self, sending: Sending, delay_ms: int) -> None:
        world = self._world
        lag = world.rng.randint(0, LATEST_MS - READ_TIMEOUT_MS) if world.chance(world.chaos.trouble) else 0
        world.at(delay_ms, lambda: self._account(sending).commit(sending, lag))
        if world.chance(world.chaos.crash * 4):
            world.note("provider.submit", "killed while waiting")
            raise Crash
        world.pause(delay_ms)

    def look_up(self, generation_type: str, model: str, ref: str, account: str = "main") -> Task | None:
        """See `ports.Provider.look_up`."""
        del generation_type, model
        world = self._world
        if world.chance(world.chaos.trouble):
            raise world.rng.choice((LookUpFailed("502"), AccountBlocked("arrears", code="1101")))
        tasks = self._kling.accounts[account].tasks
        found = next((made for made in tasks if ref in {made.task_id, made.external_id}), None)
        if found is None or found.visible_ms > world.now_ms:
            return None
        return self._lied(self._kling.accounts[account].told(found))

    def _lied(self, task: Task) -> Task | None:
        """Backwards, without a result, with two, or not there at all."""
        world = self._world
        if not world.chance(world.chaos.lies):
            return task
        lies = [replace(task, results=task.results * 2)]
        if task.status is TaskStatus.SUCCEEDED:
            lies += [replace(task, results=()), replace(task, status=TaskStatus.PROCESSING, results=())]
        if task.status is TaskStatus.FAILED:
            lies += [replace(task, status=TaskStatus.PROCESSING)]
        return world.rng.choice([*lies, None] if world.chaos.kling == STRICT else lies)
