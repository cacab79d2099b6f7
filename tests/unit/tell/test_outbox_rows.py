"""What stands in the outbox is an event or is named."""

from typing import Any

import pytest

from reelwright.adapters.aws.table import outbox_rows
from reelwright.adapters.aws.table.outbox import no_event
from reelwright.domain.event import Event, EventType

EVENT = Event("evt_1_failed", EventType.FAILED, "acme", 1_790_000_000_000, {"id": "job_1", "status": "failed"})


def test_an_event_comes_back_as_it_was_put() -> None:
    """With all that it promises."""
    assert outbox_rows.from_item(outbox_rows.to_item(EVENT)) == EVENT


@pytest.mark.parametrize(
    "changes",
    [
        {"type": {"S": "video.remixed"}},
        {"at_ms": {"S": "noon"}},
        {"at_ms": {"L": []}},
        {"id": {"N": "1"}},
        {"tenant": {"BOOL": True}},
        {"data": {"S": "text"}},
        {"data": {"N": "5"}},
        {"data": {"M": {"units": {"N": "2"}}}},
        {"data": {"M": {"page": {"L": [{"S": "1"}]}}}},
        {"id": {"S2": "evt"}},
        {"id": "evt"},
    ],
)
def test_a_row_that_could_not_be_told_is_none(changes: dict[str, Any]) -> None:
    """What the bus could not write down must not get that far: there it would stop all that go with it."""
    with pytest.raises(ValueError):  # noqa: PT011 - of whatever text: the key is what is told
        outbox_rows.from_item(outbox_rows.to_item(EVENT) | changes)


@pytest.mark.parametrize("name", ["id", "type", "tenant", "at_ms", "data"])
def test_nothing_may_be_missing(name: str) -> None:
    """A row of which a part was lost is no event."""
    item = {key: value for key, value in outbox_rows.to_item(EVENT).items() if key != name}
    with pytest.raises(ValueError):  # noqa: PT011 - of whatever text: the key is what is told
        outbox_rows.from_item(item)


def test_a_row_is_named_by_its_key_which_tells_its_age() -> None:
    """One without a time counts as the oldest there can be, so that it is noticed."""
    named = no_event({"pk": {"S": "OUTBOX#2"}, "sk": {"S": "001790000000000#evt_1_failed"}})
    assert (named.key, named.at_ms) == ("OUTBOX#2/001790000000000#evt_1_failed", 1_790_000_000_000)
    for row in ({"pk": {"S": "OUTBOX#2"}, "sk": {"S": "#"}}, {"pk": {"S": "OUTBOX#2"}}, {}):
        assert no_event(row).at_ms == 0
