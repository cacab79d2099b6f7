"""Secrets of an endpoint: one signs, several while they overlap, and never too many."""

import pytest

from reelwright.domain.errors import Conflict
from reelwright.use_cases.tell.endpoints import MAX_SECRETS
from tests.integration.tell.managing.signed import URL, signed
from tests.support.telling import HOUR, Telling


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
        assert [signed(secret, headers, body) for secret in (old, new)] == accepted
    assert old != new


def test_a_leaked_secret_can_be_ended_at_once(telling: Telling) -> None:
    """An overlap of no hours."""
    made, old = telling.managing.create("acme", URL)
    telling.clock.advance(1)
    _, new = telling.managing.rotate("acme", made.id, overlap_hours=0)
    telling.by_wish.test("acme", made.id)
    telling.work()
    _, headers, body = telling.receiver.posts[-1]
    assert [signed(secret, headers, body) for secret in (old, new)] == [False, True]


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
