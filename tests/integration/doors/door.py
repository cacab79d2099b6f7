"""The API as it stands behind API Gateway: authorizer, then function, on moto; every call to AWS is written down."""

import importlib.util
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelwright.adapters.aws.clients import client
from reelwright.api.routes import ROUTES, Route
from tests.crash.functions import Context

FUNCTIONS = Path(__file__).resolve().parents[3] / "functions"
CONTEXT = cast("LambdaContext", Context("function", 20_000))
SERVICES = ("dynamodb", "sqs", "s3", "secretsmanager", "stepfunctions")

Calls = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What came back, and what was asked of AWS for it: by the authorizer, then by the function."""

    status: int
    headers: Mapping[str, str]
    body: Any
    authorizer: Calls
    function: Calls

    def said(self, *names: str) -> tuple[int, str]:
        """Status and body without what differs from request to request: its id, and the `names` it was about."""
        text = json.dumps({key: value for key, value in self.body.items() if key != "request_id"}, sort_keys=True)
        for name in names:
            text = text.replace(name, "{}")
        return self.status, text


@dataclass
class Door:
    """Loads the handlers as Lambda does, and sends requests through them."""

    calls: list[str] = field(default_factory=list)
    _handlers: dict[str, ModuleType] = field(default_factory=dict)

    def listen(self) -> None:
        """Write down each call of every client."""
        for service in SERVICES:
            one: Any = client(service)  # type: ignore[call-overload]
            one.meta.events.register("provide-client-params.*", self._note)

    def send(self, route: Route, path: str, headers: Mapping[str, str], body: object = None) -> Answer:
        """One request of one route at an actual path."""
        event = _event(route, path, headers, body)
        self.calls.clear()
        asked: Calls = ()
        if route.scope:
            given = self._handler("authorizer").handler(event, CONTEXT)
            assert given["isAuthorized"] is True
            event["requestContext"]["authorizer"] = {"lambda": given["context"]}
            asked = self._taken()
        got = self._handler(route.function).handler(event, CONTEXT)
        body = json.loads(got["body"]) if got.get("body") else {}
        return Answer(got["statusCode"], got["headers"], body, asked, self._taken())

    def _taken(self) -> Calls:
        taken = tuple(self.calls)
        self.calls.clear()
        return taken

    def _note(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        key = params.get("Key", {})
        kind = key.get("pk", {}).get("S", "").partition("#")[0] if isinstance(key, dict) else ""
        self.calls.append(f"{model.name} {params.get('IndexName', kind)}".strip())

    def _handler(self, name: str) -> ModuleType:
        if name not in self._handlers:
            spec = importlib.util.spec_from_file_location(f"door_{name}", FUNCTIONS / name / "handler.py")
            assert spec
            assert spec.loader
            self._handlers[name] = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(self._handlers[name])
        return self._handlers[name]


def route(method: str, path: str) -> Route:
    """One of the API's routes."""
    return next(one for one in ROUTES if (one.method, one.path) == (method, path))


def _event(route: Route, path: str, headers: Mapping[str, str], body: object) -> dict[str, Any]:
    return {
        "version": "2.0",
        "routeKey": f"{route.method} {route.path}",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", **{name.lower(): value for name, value in headers.items()}},
        "requestContext": {
            "stage": "$default",
            "requestId": f"request-{time.monotonic_ns()}",
            "http": {"method": route.method, "path": path},
        },
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }
