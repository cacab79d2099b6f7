import importlib.util
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from reelwright.domain.tenant import Tenant, Usage
from reelwright.use_cases.cancel import CancelVideo
from reelwright.use_cases.query import QueryVideos
from reelwright.use_cases.submit import SubmitVideo
from reelwright.use_cases.tell.deliveries import ManageDeliveries
from reelwright.use_cases.tell.endpoints import ManageEndpoints
from tests.support.patience import usual_policy
from tests.unit.api.described import conforms
from tests.unit.api.events import CONTEXT, event
from tests.unit.api.fakes import (
    CountedIds,
    FixedClock,
    MemoryJobs,
    MemoryTenants,
    NoForecasts,
    PlainLinks,
    SeenHints,
    SeenImages,
)
from tests.unit.api.fakes import Silence as NoTelemetry
from tests.unit.api.webhook_fakes import (
    CountedRequests,
    CountedTellIds,
    MemoryDeliveries,
    MemoryEndpoints,
    NoPrivateHosts,
    PlainSecrets,
    SeenDeliveryHints,
)

FUNCTIONS = Path(__file__).resolve().parents[3] / "functions"


def load(name: str) -> ModuleType:
    """A function's handler module, loaded the way Lambda does: from its own folder."""
    spec = importlib.util.spec_from_file_location(f"handler_of_{name}", FUNCTIONS / name / "handler.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class Answer:
    """What a client sees."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


Send = Callable[..., Answer]


@dataclass
class World:
    """The use cases on fakes, and a way to send requests to the handlers."""

    jobs: MemoryJobs
    tenants: MemoryTenants
    images: SeenImages
    hints: SeenHints
    clock: FixedClock
    submit: ModuleType
    query: ModuleType
    endpoints: ModuleType
    hooks: MemoryEndpoints = field(default_factory=MemoryEndpoints)
    deliveries: MemoryDeliveries = field(default_factory=MemoryDeliveries)
    delivery_hints: SeenDeliveryHints = field(default_factory=SeenDeliveryHints)
    requests: CountedRequests = field(default_factory=CountedRequests)

    def send(self, method: str, path: str, body: object = None, **options: Any) -> Answer:
        got = answer(self._function(method, path).handler(event(method, path, body, **options), CONTEXT))
        conforms(method, path, got.status, got.headers, got.text)
        return got

    def _function(self, method: str, path: str) -> ModuleType:
        if path.startswith("/v1/webhooks"):
            return self.endpoints
        return self.query if method == "GET" else self.submit


def answer(given: dict[str, Any]) -> Answer:
    assert not given["isBase64Encoded"]
    return Answer(given["statusCode"], given["headers"], given["body"])


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "test")
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    plan = Tenant("acme", Decimal(100), max_concurrent=5, requests_per_minute=60)
    months = {"acme": Usage("", Decimal(100), Decimal("1.5"), Decimal(3))}
    made = World(
        MemoryJobs(),
        MemoryTenants({"acme": plan}, months),
        SeenImages(),
        SeenHints(),
        FixedClock(),
        load("submit"),
        load("query"),
        load("endpoints"),
    )
    _compose(made, monkeypatch)
    return made


def _compose(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    silence = NoTelemetry()
    submit = SubmitVideo(
        jobs=world.jobs,  # type: ignore[arg-type]
        tenants=world.tenants,
        hints=world.hints,
        images=world.images,
        clock=world.clock,
        ids=CountedIds(),
        telemetry=silence,
        policy=usual_policy(),
        account="main",
        forecasts=NoForecasts(),
    )
    cancel = CancelVideo(world.jobs, world.clock, silence)  # type: ignore[arg-type]
    query = QueryVideos(world.jobs, world.tenants, world.clock)  # type: ignore[arg-type]
    ids = CountedTellIds()
    hooks = ManageEndpoints(world.hooks, PlainSecrets(), NoPrivateHosts(), world.clock, ids)
    sent = ManageDeliveries(
        *(world.hooks, world.deliveries, world.delivery_hints, world.clock, ids, silence, world.requests)
    )
    monkeypatch.setattr(world.endpoints.parts, "manage_endpoints", lambda: hooks)
    monkeypatch.setattr(world.endpoints.parts, "manage_deliveries", lambda: sent)
    monkeypatch.setattr(world.submit.parts, "submit_video", lambda: submit)
    monkeypatch.setattr(world.submit.parts, "cancel_video", lambda: cancel)
    monkeypatch.setattr(world.query.parts, "query_videos", lambda: query)
    monkeypatch.setattr(world.query.parts, "links", PlainLinks)
    monkeypatch.setattr(world.query.parts, "settings", lambda: SimpleNamespace(media_link_seconds=3600))
