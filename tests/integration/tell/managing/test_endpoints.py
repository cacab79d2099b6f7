"""What a tenant does about its endpoints."""

import base64

import pytest

from reelwright.adapters.clock import RandomIds
from reelwright.domain.errors import AddressRefused, Conflict, NotFound, Stale
from reelwright.domain.event import EventType
from reelwright.use_cases.tell.endpoints import MAX_ENDPOINTS
from tests.integration.tell.managing.signed import URL
from tests.support.telling import Telling


def test_what_is_stored_is_what_was_asked_for_and_no_secret(telling: Telling) -> None:
    """Read back, endpoint by endpoint; the secret's text is in no row."""
    made, secret = telling.managing.create("acme", URL, (EventType.FAILED, EventType.EXPIRED), "our pager")
    telling.clock.advance(1)
    other, _ = telling.managing.create("acme", "https://hooks.example/two")
    assert telling.managing.get("acme", made.id) == made
    assert telling.managing.list("acme") == (made, other)
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert secret.removeprefix("whsec_") not in str(telling.rows(""))


def test_another_tenants_endpoint_does_not_exist(telling: Telling) -> None:
    """For every call alike."""
    made, _ = telling.managing.create("acme", URL)
    sent = telling.by_wish.test("acme", made.id)
    manage, by_wish = telling.managing, telling.by_wish
    calls = (
        lambda: manage.get("zoe", made.id),
        lambda: manage.update("zoe", made.id, description="mine"),
        lambda: manage.update("zoe", made.id, url="https://evil.example/"),
        lambda: manage.delete("zoe", made.id),
        lambda: manage.rotate("zoe", made.id),
        lambda: by_wish.test("zoe", made.id),
        lambda: by_wish.deliveries("zoe", made.id, 10),
        lambda: by_wish.delivery("zoe", made.id, sent.id),
        lambda: by_wish.replay("zoe", made.id, sent.id),
    )
    for call in calls:
        with pytest.raises(NotFound):
            call()
    assert manage.list("zoe") == ()
    assert manage.get("acme", made.id) == made


def test_an_address_is_checked_when_it_is_given(telling: Telling) -> None:
    """At creation and at every change, with the field named and the address not repeated."""
    made, _ = telling.managing.create("acme", URL)
    for call in (
        lambda: telling.managing.create("acme", "http://10.0.0.1/hook"),
        lambda: telling.managing.update("acme", made.id, url="http://10.0.0.1/hook"),
    ):
        with pytest.raises(AddressRefused) as refused:
            call()
        assert [one.pointer for one in refused.value.errors] == ["/url"]
        assert "10.0.0.1" not in str(refused.value.errors) + refused.value.detail
    assert telling.managing.list("acme") == (made,)


def test_there_are_ten_endpoints_at_most(telling: Telling) -> None:
    """Each event makes a delivery for each of them."""
    made = [telling.managing.create("acme", URL)[0] for _ in range(MAX_ENDPOINTS)]
    with pytest.raises(Conflict):
        telling.managing.create("acme", URL)
    telling.managing.delete("acme", made[0].id)
    telling.managing.create("acme", URL)
    assert len(telling.managing.list("acme")) == MAX_ENDPOINTS
    telling.managing.create("zoe", URL)


def test_a_write_that_lost_says_so(telling: Telling) -> None:
    """The same version is never written over twice, with a notice or without."""
    made, _ = telling.managing.create("acme", URL)
    telling.managing.update("acme", made.id, description="first")
    with pytest.raises(Stale):
        telling.endpoints.save(made, made)
    with pytest.raises(Stale):
        telling.endpoints.put_new(made)


def test_ids_say_what_they_name(telling: Telling) -> None:
    """By their first letters, and all are as long as a job's."""
    ids = RandomIds(telling.clock)
    made = (ids.endpoint(), ids.event(), ids.job())
    assert [one.split("_")[0] for one in made] == ["whe", "evt", "job"]
    assert {len(one) for one in made} == {30}
