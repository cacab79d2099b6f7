"""What a tenant does about its endpoints."""

import base64
import hashlib
import hmac
from dataclasses import replace

import pytest

from reelwright.adapters.aws.table.requests import TableRequests
from reelwright.adapters.clock import RandomIds
from reelwright.domain.errors import AddressRefused, Conflict, NotFound, Stale, TooManyRequests
from reelwright.domain.event import EventType
from reelwright.use_cases.tell.endpoints import MAX_ENDPOINTS, MAX_SECRETS
from tests.support.pipeline import Pipeline
from tests.support.telling import HOUR, Telling

URL = "https://hooks.example/one"


def _signed(secret: str, headers: dict[str, str], body: str) -> bool:
    """Verify as a receiver does, by the specification and not by our code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return any(part == f"v1,{expected}" for part in headers["webhook-signature"].split(" "))


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


def test_a_rotation_signs_with_both_until_the_overlap_is_over(telling: Telling) -> None:
    """A receiver may change its secret at any time within the overlap and misses nothing."""
    made, old = telling.managing.create("acme", URL)
    telling.clock.advance(60)
    _, new = telling.managing.rotate("acme", made.id)
    for hours, accepted in ((0, [True, True]), (25, [False, True])):
        telling.clock.advance(hours * HOUR)
        telling.by_wish.test("acme", made.id)
        telling.work()
        _, headers, body = telling.receiver.posts[-1]
        assert [_signed(secret, headers, body) for secret in (old, new)] == accepted
    assert old != new


def test_a_leaked_secret_can_be_ended_at_once(telling: Telling) -> None:
    """An overlap of no hours."""
    made, old = telling.managing.create("acme", URL)
    telling.clock.advance(1)
    _, new = telling.managing.rotate("acme", made.id, overlap_hours=0)
    telling.by_wish.test("acme", made.id)
    telling.work()
    _, headers, body = telling.receiver.posts[-1]
    assert [_signed(secret, headers, body) for secret in (old, new)] == [False, True]


def test_only_so_many_secrets_sign_at_once(telling: Telling) -> None:
    """The header does not grow for ever, and a number is never used again."""
    made, _ = telling.managing.create("acme", URL)
    for _ in range(MAX_SECRETS - 1):
        telling.managing.rotate("acme", made.id)
    with pytest.raises(Conflict):
        telling.managing.rotate("acme", made.id)
    telling.clock.advance(25 * HOUR)
    after, _ = telling.managing.rotate("acme", made.id)
    assert [one.number for one in after.live_secrets(telling.clock.now_ms())] == [MAX_SECRETS + 1, MAX_SECRETS]


def test_a_leak_is_ended_even_when_all_secrets_sign(telling: Telling) -> None:
    """Without an overlap none is added."""
    made, _ = telling.managing.create("acme", URL)
    for _ in range(MAX_SECRETS - 1):
        telling.managing.rotate("acme", made.id)
    after, _ = telling.managing.rotate("acme", made.id, overlap_hours=0)
    assert [one.number for one in after.live_secrets(telling.clock.now_ms())] == [MAX_SECRETS + 1]


def test_a_test_goes_to_its_endpoint_whatever_it_asks_for(telling: Telling) -> None:
    """And to nothing else, the bus included."""
    made, secret = telling.managing.create("acme", URL, (EventType.FAILED,))
    telling.managing.create("acme", "https://hooks.example/two")
    telling.by_wish.test("acme", made.id)
    telling.work()
    ((url, headers, body),) = telling.receiver.posts
    assert url == URL
    assert '"type":"webhook.test"' in body
    assert _signed(secret, headers, body)
    assert telling.events.published == []


def test_a_replay_sends_the_same_message_again(telling: Telling) -> None:
    """Under the same id, so that a receiver that had it knows it; with a try of its own in the log."""
    made, _ = telling.managing.create("acme", URL)
    first = telling.by_wish.test("acme", made.id)
    telling.work()
    telling.clock.advance(5)
    again = telling.by_wish.replay("acme", made.id, first.id)
    telling.work()
    assert again.id != first.id
    assert telling.receiver.ids(URL) == [first.event_id, first.event_id]
    log = telling.by_wish.deliveries("acme", made.id, 10).deliveries
    assert [(one.id, one.status) for one in log] == [(again.id, "delivered"), (first.id, "delivered")]
    with pytest.raises(NotFound):
        telling.by_wish.replay("acme", made.id, "dlv_nothing")


def test_the_log_is_paged_newest_first(telling: Telling) -> None:
    """Every delivery is on exactly one page."""
    made, _ = telling.managing.create("acme", URL)
    sent = []
    for _ in range(7):
        sent.append(telling.by_wish.test("acme", made.id).id)
        telling.clock.advance(1)
    seen: list[str] = []
    before = None
    while True:
        page = telling.by_wish.deliveries("acme", made.id, 3, before)
        seen += [one.id for one in page.deliveries]
        before = page.next_id
        if before is None:
            break
    assert seen == sent[::-1]


@pytest.mark.parametrize(("limit", "pages"), [(100, [8]), (8, [8]), (5, [5, 3])])
def test_a_page_is_whole_however_large_its_rows_are(telling: Telling, limit: int, pages: list[int]) -> None:
    """DynamoDB ends an answer at 1 MB: that is no end of the log."""
    made, _ = telling.managing.create("acme", URL)
    sent = []
    for _ in range(8):
        one = telling.by_wish.test("acme", made.id)
        telling.deliveries.save(one, replace(one, payload="x" * 300_000, version=2))
        sent.append(one.id)
        telling.clock.advance(1)
    first = telling.by_wish.deliveries("acme", made.id, limit)
    rest = telling.by_wish.deliveries("acme", made.id, limit, first.next_id) if first.next_id else None
    found = [page.deliveries for page in (first, rest) if page is not None]
    assert [len(page) for page in found] == pages
    assert [one.id for page in found for one in page] == sent[::-1]


def test_tests_and_replays_are_requests_of_the_tenant(telling: Telling, pipeline: Pipeline) -> None:
    """They count in the same minute as new videos do; beyond the rate nothing is sent, and the next minute is free."""
    pipeline.tenant(rate=3)
    requests = TableRequests(telling.table, telling.name)
    by_wish = replace(telling.by_wish, requests=requests)
    made, _ = telling.managing.create("acme", URL)
    pipeline.submit()
    sent = by_wish.test("acme", made.id)
    telling.clock.advance(1)
    by_wish.replay("acme", made.id, sent.id)
    for call in (
        lambda: by_wish.test("acme", made.id),
        lambda: by_wish.replay("acme", made.id, sent.id),
        pipeline.submit,
    ):
        with pytest.raises(TooManyRequests) as refused:
            call()
        assert refused.value.retry_after_seconds == 60 - telling.clock.now_ms() // 1000 % 60
    assert len(by_wish.deliveries("acme", made.id, 10).deliveries) == 2
    with pytest.raises(NotFound):
        by_wish.test("acme", "whe_nothing")
    telling.clock.advance(60)
    by_wish.test("acme", made.id)


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
