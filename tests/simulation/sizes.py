"""How large a simulated deployment is, and how patient."""

from dataclasses import dataclass

from infra.settings import PipelineSettings
from tests.support.patience import WholePolicy, usual_policy

STAGE = PipelineSettings()


@dataclass(frozen=True, slots=True)
class Size:
    """How large a seed's deployment is."""

    slots: int = 2
    kling_slots: int = 2
    max_attempts: int = 1
    accounts: tuple[str, ...] = ("main",)
    provider_deadline_seconds: int = 7_200


def policy(size: Size) -> WholePolicy:
    """The patience of production, with days cut down to hours so that a seed sees the end of them."""
    return usual_policy(
        STAGE,
        provider_deadline_seconds=size.provider_deadline_seconds,
        delivery_deadline_seconds=7_200,
        max_attempts=size.max_attempts,
    )
