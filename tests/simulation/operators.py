"""Operators at work: budgets rise and fall, tenants are suspended and paused, while requests are on their way."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any, Final

from tests.simulation.clients import TENANTS
from tests.simulation.functions import Deployment

CHANGES: Final[tuple[Mapping[str, Any], ...]] = (
    {"monthly_units": Decimal(1)},
    {"monthly_units": Decimal(4)},
    {"monthly_units": Decimal(50)},
    {"suspended": True},
    {"suspended": False},
    {"paused": True},
    {"paused": False},
)


class Operators:
    """Some changes within a while, drawn from a chance of their own: without them the seed's world is the same."""

    def __init__(self, deployment: Deployment, within_ms: int) -> None:
        self._all = deployment
        rng = Random(f"{deployment.world.seed}/operators")  # noqa: S311 - chance that can be repeated is the point
        for _ in range(rng.choice((0, 0, 2, 5)) if deployment.world.chaos.operators else 0):
            change = partial(self._change, rng.choice(TENANTS), rng.choice(CHANGES))
            deployment.world.at(rng.randint(0, within_ms), change)

    def go_home(self) -> None:
        """Nobody stays suspended or paused: every job is to end."""
        for name in TENANTS:
            self._change(name, {"suspended": False, "paused": False})

    def _change(self, name: str, what: Mapping[str, Any]) -> None:
        tenants = self._all.rows.tenants
        tenants[name] = replace(tenants[name], **what)
        self._all.world.note(f"operator {name}", repr(dict(what)))
