"""Announce, deliver and repair are killed before and after every outside effect; whatever is left must be told."""

import json
import os
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.crash.quick_moto import quick_moto
from tests.integration.tell.mortal import DAY, Killer, World, ended
from tests.support import table

EVERYTHING = os.environ.get("CRASH_SCHEDULES") == "all"
"""`make crash`: every crash on both ways, and every pair."""


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with mock_aws(), quick_moto():
        made = boto3.client("dynamodb")
        table.create(made, "reelwright")
        yield made


def _recorded(client: Any, *, stream: bool) -> list[str]:
    world = World(client, frozenset(), stream=stream)
    world.run()
    assert world.wrong() == []
    return world.killer.effects


@pytest.mark.parametrize("stream", [True, False], ids=["by the stream", "by the repair alone"])
def test_a_crash_at_any_point_is_made_good(client: Any, stream: bool) -> None:  # noqa: FBT001 - pytest's parameter
    """Published at least once under one id, delivered at least once where asked for, nothing told before the end."""
    effects = _recorded(client, stream=stream)
    assert set(effects) >= {"transact_write_items", "put_events", "put_item", "send_message", "post", "delete_item"}
    points = [(number, when) for number in range(len(effects)) for when in ("before", "after")]
    for point in points if EVERYTHING or stream else points[::4]:
        world = World(client, frozenset({point}), stream=stream)
        world.run()
        assert world.wrong() == [], (point, effects[point[0]])


def test_two_crashes_are_made_good_as_well(client: Any) -> None:
    """All pairs, or a sample that is spread evenly over the history."""
    points = [(number, when) for number in range(len(_recorded(client, stream=True))) for when in ("before", "after")]
    pairs = list(combinations(points, 2))
    for pair in pairs if EVERYTHING else pairs[:: len(pairs) // 20]:
        world = World(client, frozenset(pair), stream=True)
        world.run()
        assert world.wrong() == [], pair


def test_who_forgets_before_telling_is_found_out(client: Any) -> None:
    """The control: an announcer that empties the outbox first loses events when it dies, and this suite sees it."""
    lost = [number for number in (1, 4) if _hasty(World(client, frozenset({(number, "before")}), stream=True))]
    assert lost


def _hasty(world: World) -> list[str]:
    events = ended(world)

    def announce() -> None:
        world.telling.outbox.published(events)
        world.telling.announcing.announce(events)

    world.alive(announce)
    world.telling.seam.perform = Killer().perform
    world.telling.run(DAY)
    return world.wrong()


def test_a_message_names_its_delivery_and_nothing_else(client: Any) -> None:
    """No address and no body travel in the queue."""
    world = World(client, frozenset(), stream=True)
    world.streamed(ended(world))
    assert world.telling.messages.waiting
    for _, body in world.telling.messages.waiting:
        assert set(json.loads(body)) == {"endpoint", "delivery"}
        assert "hooks.example" not in body
