"""The other calls, declared with types for Powertools to read. What answers at run time is in `functions/`."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from tools.openapi import account_schemas as schemas
from tools.openapi.catalogue_schemas import Models
from tools.openapi.declare import KEY, app, ok
from tools.openapi.problems import responses


@app.get(
    "/v1/models",
    summary="The catalogue",
    operation_id="listModels",
    tags=["account"],
    security=KEY,
    responses=ok(Models, "Models, modes, durations, features, prices.") | responses(401, 403),
)
def list_models() -> None:
    """Declared only."""


@app.get(
    "/v1/usage",
    summary="This month's budget",
    operation_id="getUsage",
    tags=["account"],
    security=KEY,
    responses=ok(schemas.Usage, "Budget, held, captured, left.") | responses(401, 403, 404, 503),
)
def get_usage() -> None:
    """Declared only."""


@app.get(
    "/health",
    summary="Is the API up?",
    operation_id="health",
    tags=["service"],
    responses=ok(schemas.Health, "It is."),
)
def health() -> None:
    """Declared only."""


@app.get(
    "/v1/openapi.json",
    summary="This document",
    operation_id="describeApi",
    tags=["service"],
    responses=ok(schemas.Description, "OpenAPI 3.1."),
)
def description() -> None:
    """Declared only."""


@app.post(
    "/webhooks/kling/<capability>",
    summary="Kling calls back",
    description="The address is made for one attempt and is the credential; the body is only a hint.",
    operation_id="receiveCallback",
    tags=["service"],
    responses=ok(schemas.Received, "Taken.") | responses(400, 404, 413, 503),
)
def kling(capability: Annotated[str, Path()], body: Annotated[dict[str, Any] | None, Body()] = None) -> None:
    """Declared only."""
