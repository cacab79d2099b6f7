"""Endpoints that their tenant disables or deletes while messages are on their way."""

import pytest

from reelwright.domain.errors import Conflict
from tests.integration.tell.managing.signed import URL
from tests.support.telling import HOUR, Telling


def test_a_disabled_endpoint_gets_nothing_until_it_is_enabled(telling: Telling) -> None:
    """By its tenant's wish as well; past failures are forgotten then."""
    made, _ = telling.managing.create("acme", URL)
    sent = telling.by_wish.test("acme", made.id)
    disabled = telling.managing.update("acme", made.id, status="disabled")
    assert (disabled.status, disabled.disabled_reason) == ("disabled", "by_tenant")
    telling.work()
    assert telling.receiver.posts == []
    assert telling.by_wish.delivery("acme", made.id, sent.id).status == "abandoned"
    assert telling.telemetry.counts["WebhookGivenUp"] == 1
    with pytest.raises(Conflict):
        telling.by_wish.test("acme", made.id)
    with pytest.raises(Conflict):
        telling.by_wish.replay("acme", made.id, sent.id)
    telling.managing.update("acme", made.id, status="enabled")
    telling.clock.advance(1)
    telling.by_wish.replay("acme", made.id, sent.id)
    telling.work()
    assert telling.receiver.ids(URL) == [sent.event_id]


def test_what_is_on_its_way_to_a_deleted_endpoint_is_given_up(telling: Telling) -> None:
    """Nothing is sent to an address that its tenant took away."""
    made, _ = telling.managing.create("acme", URL)
    telling.by_wish.test("acme", made.id)
    telling.managing.delete("acme", made.id)
    telling.run(HOUR)
    assert telling.receiver.posts == []
    assert [row["status"]["S"] for row in telling.rows("ENDPOINT#")] == ["abandoned"]
