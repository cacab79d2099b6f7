"""The other calls, declared with types for Powertools to read. What answers at run time is in `functions/`."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from tools.openapi import account_schemas as schemas
from tools.openapi.catalogue_schemas import Models
from tools.openapi.declare import account, ok, service


@account(
    "GET /v1/models",
    "listModels",
    "The catalogue",
    good=ok(Models, "Models, modes, durations, features, prices."),
)
def list_models() -> None:
    """Declared only."""


@account(
    "GET /v1/usage",
    "getUsage",
    "This month's budget",
    good=ok(schemas.Usage, "Budget, held, captured, left."),
    refusals=(404, 503),
)
def get_usage() -> None:
    """Declared only."""


@service("GET /health", "health", "Is the API up?", good=ok(schemas.Health, "It is."))
def health() -> None:
    """Declared only."""


@service("GET /v1/openapi.json", "describeApi", "This document", good=ok(schemas.Description, "OpenAPI 3.1."))
def description() -> None:
    """Declared only."""


@service(
    "POST /webhooks/kling/<capability>",
    "receiveCallback",
    "Kling calls back",
    description="The address is made for one attempt and is the credential; the body is only a hint.",
    good=ok(schemas.Received, "Taken."),
    refusals=(400, 404, 413, 503),
)
def kling(capability: Annotated[str, Path()], body: Annotated[dict[str, Any] | None, Body()] = None) -> None:
    """Declared only."""
