"""Endpoints that are gone or fail for days are disabled, and operators hear of it."""

import json

from tests.integration.tell.told import URL, announce, cancel
from tests.support.pipeline import Pipeline
from tests.support.telling import HOUR, Telling


def test_410_disables_the_endpoint_and_tells_operators(telling: Telling, pipeline: Pipeline) -> None:
    """The notice goes over the bus, never through the endpoint; what is on its way there is given up."""
    endpoint, _ = telling.managing.create("acme", URL)
    telling.receiver.answers[URL] = [410]
    for _ in range(2):
        cancel(pipeline)
    announce(telling)
    telling.work()
    found = telling.managing.get("acme", endpoint.id)
    assert (found.status, found.disabled_reason) == ("disabled", "gone")
    assert len(telling.receiver.posts) == 1
    log = telling.by_wish.deliveries("acme", endpoint.id, 10).deliveries
    assert {one.status for one in log} == {"abandoned"}
    announce(telling)
    telling.work()
    (notice,) = telling.events.ids("WebhookEndpointDisabled")
    assert json.loads(telling.events.published[-1]["Detail"])["data"] == {"id": endpoint.id, "reason": "gone"}
    assert notice.startswith("evt_whe_")
    assert len(telling.receiver.posts) == 1
    assert telling.telemetry.counts["EndpointDisabled"] == 1


def test_an_endpoint_that_fails_for_five_days_is_disabled(telling: Telling, pipeline: Pipeline) -> None:
    """And one that took a single message in between is not."""
    bad, _ = telling.managing.create("acme", URL)
    flaky, _ = telling.managing.create("acme", "https://hooks.example/flaky")
    telling.receiver.answers = {URL: [500], "https://hooks.example/flaky": [500, 500, 200, 500]}
    for _ in range(7):
        cancel(pipeline)
        announce(telling)
        telling.run(18 * HOUR)
    assert telling.managing.get("acme", bad.id).disabled_reason == "failing"
    assert telling.managing.get("acme", flaky.id).enabled
    announce(telling)
    assert len(telling.events.ids("WebhookEndpointDisabled")) == 1
