"""The routes of the API and the function behind each."""

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from constructs import Construct

from infra.function import Function
from infra.functions import Doors
from infra.nag import accept

_POST = apigateway.HttpMethod.POST
_GET = apigateway.HttpMethod.GET
_OPEN = {
    "Health": "Says only that the API stands; probes have no key.",
    "OpenApi": "The public description of the API; it holds no data.",
    "KlingCallback": "The path is an unguessable capability for one attempt, and the callback is only a hint.",
}


class Routes(Construct):
    """Every route; those that are not open go past the authorizer, whose answers are never cached."""

    def __init__(self, scope: Construct, api_id: str, doors: Doors) -> None:
        super().__init__(scope, "Routes")
        self._api = apigateway.HttpApi.from_http_api_attributes(self, "Api", http_api_id=api_id)
        self._authorizer = _authorizer(doors.authorizer)
        self._add("Submit", _POST, "/v1/videos", doors.submit)
        self._add("Estimate", _POST, "/v1/estimates", doors.submit)
        self._add("Cancel", _POST, "/v1/videos/{id}/cancel", doors.submit)
        self._add("List", _GET, "/v1/videos", doors.query)
        self._add("Get", _GET, "/v1/videos/{id}", doors.query)
        self._add("Models", _GET, "/v1/models", doors.query)
        self._add("Usage", _GET, "/v1/usage", doors.query)
        self._add("Health", _GET, "/health", doors.query)
        self._add("OpenApi", _GET, "/v1/openapi.json", doors.query)
        self._add_webhooks(doors.endpoints)
        self._add("KlingCallback", _POST, "/webhooks/kling/{capability}", doors.webhook)

    def _add_webhooks(self, endpoints: Function) -> None:
        one = "/v1/webhooks/{endpoint_id}"
        self._add("CreateWebhook", _POST, "/v1/webhooks", endpoints)
        self._add("ListWebhooks", _GET, "/v1/webhooks", endpoints)
        self._add("GetWebhook", _GET, one, endpoints)
        self._add("ChangeWebhook", apigateway.HttpMethod.PATCH, one, endpoints)
        self._add("DeleteWebhook", apigateway.HttpMethod.DELETE, one, endpoints)
        self._add("RotateWebhookSecret", _POST, f"{one}/secret", endpoints)
        self._add("TestWebhook", _POST, f"{one}/test", endpoints)
        self._add("ListDeliveries", _GET, f"{one}/deliveries", endpoints)
        self._add("ReplayDelivery", _POST, f"{one}/deliveries/{{delivery_id}}/replay", endpoints)

    def _add(self, name: str, method: apigateway.HttpMethod, path: str, function: Function) -> None:
        route = apigateway.HttpRoute(
            self,
            name,
            http_api=self._api,
            route_key=apigateway.HttpRouteKey.with_(path, method),
            integration=integrations.HttpLambdaIntegration(f"{name}Integration", function.resource),
            authorizer=None if name in _OPEN else self._authorizer,
        )
        if name in _OPEN:
            accept(route, {"AwsSolutions-APIG4": _OPEN[name]})


def _authorizer(function: Function) -> authorizers.HttpLambdaAuthorizer:
    """Without identity sources even a request without a key reaches the function, and is answered in our own words."""
    return authorizers.HttpLambdaAuthorizer(
        "Authorizer",
        function.resource,
        identity_source=[],
        response_types=[authorizers.HttpLambdaResponseType.SIMPLE],
        results_cache_ttl=Duration.seconds(0),
    )
