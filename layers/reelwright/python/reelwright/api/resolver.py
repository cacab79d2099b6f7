"""The router that the API's functions share: errors become problems at this one edge.

What nobody foresaw is not caught here: the invocation fails, the function's error alarm rings, and the gateway
answers 500.
"""

from typing import Any, Final

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from botocore.exceptions import BotoCoreError
from botocore.exceptions import ClientError as ServiceError

from reelwright.api.errors import MethodNotAllowed
from reelwright.api.problem import problem
from reelwright.api.routes import methods
from reelwright.domain.errors import ClientError, NotFound, Unavailable
from reelwright.observability import PowertoolsTelemetry, logger

FAULT_STATUS: Final = 500
PASSING: Final = frozenset(
    {
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""AWS error codes that come and go by themselves."""


def resolver() -> APIGatewayHttpResolver:
    """A router without validation at run time: bodies are read by `api.reading`, and cold starts stay short."""
    app = APIGatewayHttpResolver(enable_validation=False)

    @app.exception_handler(ClientError)  # type: ignore[untyped-decorator]
    def refused(error: ClientError) -> Response[Any]:
        return _counted(app, error)

    @app.exception_handler([ServiceError, BotoCoreError])  # type: ignore[untyped-decorator]
    def unreachable(error: Exception) -> Response[Any]:
        if not passing(error):
            raise error
        logger.exception("AWS could not serve a request")
        again = "Please try again shortly; what creates, with the same Idempotency-Key."
        return _counted(app, Unavailable(again))

    @app.not_found
    def nothing_there(_error: NotFoundError) -> Response[Any]:
        allowed = methods(app.current_event.path)
        elsewhere = allowed and app.current_event.http_method not in allowed
        error = MethodNotAllowed(allowed) if elsewhere else NotFound("There is nothing at this address.")
        return _counted(app, error)

    return app


def passing(error: Exception) -> bool:
    """True for troubles of AWS that a retry gets past; a refused permission or a bad call is ours to mend."""
    if not isinstance(error, ServiceError):
        return True
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return status >= FAULT_STATUS or error.response.get("Error", {}).get("Code") in PASSING


def _counted(app: APIGatewayHttpResolver, error: ClientError) -> Response[Any]:
    """The problem, after one more of its code: whoever refuses, the figure tells of it."""
    PowertoolsTelemetry().count("RequestRefused", dimension=("reason", error.code))
    return problem(error, app.current_event.request_context.request_id, app.current_event.path)
