"""The log of an endpoint's deliveries, page by page."""

from dataclasses import replace

import pytest

from tests.integration.tell.managing.signed import URL
from tests.support.telling import Telling


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
