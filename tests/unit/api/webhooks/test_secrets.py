"""Secrets of endpoints: told once, listed by number, never written down."""

import pytest

from tests.unit.api.conftest import World
from tests.unit.api.webhooks.hooks import at, made

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


def test_both_secrets_are_listed_until_the_overlap_ends(world: World) -> None:
    """The newest comes first; without a body the overlap is a day."""
    hook = made(world)
    answer = world.send("POST", at(hook, "secret"))
    assert (answer.status, [one["number"] for one in answer.json["secrets"]]) == (201, [2, 1])
    assert answer.json["secret"] != hook["secret"]
    assert [one["expires_at"] for one in answer.json["secrets"]] == [None, "2026-09-22T14:13:20.000Z"]
    world.clock.at += 86_400_000
    assert [one["number"] for one in world.send("GET", at(hook)).json["secrets"]] == [2]


def test_a_secret_that_leaked_ends_at_once(world: World) -> None:
    """With no overlap only the new secret signs."""
    hook = made(world)
    answer = world.send("POST", at(hook, "secret"), {"overlap_hours": 0})
    assert [one["number"] for one in answer.json["secrets"]] == [2]


def test_no_secret_is_written_down(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither log lines nor metrics hold a secret or an address."""
    hook = made(world)
    secret = world.send("POST", at(hook, "secret")).json["secret"]
    world.send("POST", "/v1/webhooks", {"url": "https://db.internal/token"})
    written = "".join(capsys.readouterr())
    assert not [one for one in (hook["secret"], secret, "studio.example.com", "db.internal") if one in written]
