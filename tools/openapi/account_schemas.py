"""The shapes of the answers that are not videos."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from tools.openapi.schemas import Money

_STRICT = ConfigDict(extra="forbid")


class Estimate(BaseModel):
    """What a request would cost, and what was decided where it left a choice."""

    model_config = _STRICT
    model: str
    mode: str | None
    aspect_ratio: str | None
    cost: Money
    typical_seconds: int


class Usage(BaseModel):
    """A month's ledger (UTC)."""

    model_config = _STRICT
    month: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
    budget: Money
    held: Money
    captured: Money
    left: Money


class Health(BaseModel):
    """The service answers."""

    model_config = _STRICT
    status: Literal["ok"]


class Received(BaseModel):
    """A callback was taken."""

    model_config = _STRICT
    received: Literal[True]


class Description(BaseModel):
    """This document."""

    openapi: str
