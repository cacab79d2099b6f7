"""Tenants' programs: submit, try again, double-click, cancel, list, and remember what they were told."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial

from reelwright.domain.errors import ClientError, Conflict
from reelwright.domain.generation import Generation
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.submit import SubmitCommand, SubmitResult
from tests.simulation.functions import TIMES, Deployment
from tests.support.pipeline import CLIP

TENANTS = ("acme", "zoe")
TIMEOUT_MS = TIMES.submit.timeout_seconds * 1000
PATIENCE = 12
"""How often a client sends a request again before it gives up."""


@dataclass(slots=True)
class Wish:
    """One video that a client wants, and what it was told about it."""

    tenant: str
    clip: Generation
    key: str | None
    expires_in_seconds: int | None = None
    priority: int = 0
    told: list[str] = field(default_factory=list)
    canceled: bool = False
    tries: int = 0

    def command(self) -> SubmitCommand:
        """The same request every time."""
        return SubmitCommand(
            self.tenant,
            self.clip,
            self.clip.prompt,
            lambda job, _: job.id,
            priority=self.priority,
            expires_in_seconds=self.expires_in_seconds,
            idempotency_key=self.key,
        )


class Clients:
    """All clients of a seed; `open` counts those that still wait for an answer."""

    def __init__(self, deployment: Deployment, jobs: int, within_ms: int) -> None:
        self._all = deployment
        self._world = deployment.world
        rng = self._world.rng
        for name in TENANTS:
            plan = Tenant(name, rng.choice((Decimal(8), Decimal(50))), rng.randint(1, 4), 1000)
            deployment.rows.tenants[name] = plan
        self.wishes = [self._wish(number) for number in range(jobs)]
        self.open = len(self.wishes)
        for wish in self.wishes:
            self._world.at(rng.randint(0, within_ms), partial(self._send, wish))

    def want(self, tenant: str, expires_in_seconds: int | None) -> None:
        """One more wish, sent now."""
        wish = replace(self._wish(len(self.wishes)), tenant=tenant, expires_in_seconds=expires_in_seconds)
        self.wishes.append(wish)
        self.open += 1
        self._send(wish)

    def cancel(self, wish: Wish) -> None:
        """Cancel what a wish has become, if the client knows it."""

        def over(_result: object, error: BaseException | None) -> None:
            wish.canceled = wish.canceled or error is None

        if wish.told:
            cancel = partial(self._all.canceling.cancel, wish.tenant, wish.told[0])
            self._world.call("submit", TIMEOUT_MS, cancel, over)

    def _wish(self, number: int) -> Wish:
        rng, chaos = self._world.rng, self._world.chaos
        refused = self._world.chance(chaos.refused)
        clip = replace(CLIP, prompt="refused" if refused else f"fox {number}", duration=rng.choice((5, 10)))
        return Wish(
            rng.choice(TENANTS),
            clip,
            f"key {number}" if rng.random() < 0.8 else None,
            rng.choice((None, None, None, 600)),
            rng.choice((0, 0, 5)),
        )

    def _send(self, wish: Wish) -> None:
        wish.tries += 1
        if self._world.chance(0.1) and wish.key:
            self._submit(wish, self._doubled)
        self._submit(wish, self._answered)

    def _submit(self, wish: Wish, read: Callable[[Wish, BaseException | None], None]) -> None:
        submit = self._all.submitting.submit

        def over(result: object, error: BaseException | None) -> None:
            if isinstance(result, SubmitResult):
                wish.told.append(result.job_id)
            read(wish, error)

        self._world.call("submit", TIMEOUT_MS, lambda: submit(wish.command()), over)

    def _doubled(self, wish: Wish, error: BaseException | None) -> None:
        """Nobody reads the answer to the second click."""

    def _answered(self, wish: Wish, error: BaseException | None) -> None:
        again = error is not None and (not isinstance(error, ClientError) or isinstance(error, Conflict))
        rng = self._world.rng
        if again and wish.key and wish.tries < PATIENCE:
            return self._world.at(rng.choice((100, 5_000, 60_000)), partial(self._send, wish))
        self.open -= 1
        if self._world.chance(0.25):
            self._world.at(rng.choice((10, 1_000, 60_000, 600_000)), partial(self.cancel, wish))
        if self._world.chance(0.3):
            page = partial(self._all.querying.page, wish.tenant, None, 3, None)
            self._world.call("submit", TIMEOUT_MS, page, _ignore)
        return None


def _ignore(_result: object, _error: BaseException | None) -> None:
    """A list is only read."""
