import json
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from reelwright.adapters.aws.secrets import Secret, UnreadableSecret


@dataclass
class FakeSecretsManager:
    """Gives a text and counts how often."""

    text: str = json.dumps({"access_key": "AK", "secrets": ["a", "b"], "number": 7})
    reads: int = 0
    asked: set[str] = field(default_factory=set)

    def get_secret_value(self, *, SecretId: str) -> dict[str, str]:  # noqa: N803
        """Give the secret's current text."""
        self.reads += 1
        self.asked.add(SecretId)
        return {"SecretString": self.text}


def secret(manager: FakeSecretsManager, now: list[float] | None = None, ttl: float = 300) -> Secret:
    """A secret whose clock is the first of `now`."""
    times = now or [0.0]
    return Secret(cast("Any", manager), "arn", ttl_seconds=ttl, clock=lambda: times[0])


def test_a_secret_is_read_once_within_its_time_and_again_after() -> None:
    """At most five minutes old, whatever was asked for."""
    manager, now = FakeSecretsManager(), [0.0]
    kept = secret(manager, now, ttl=9999)
    assert [kept.text("access_key"), kept.texts("secrets")] == ["AK", ("a", "b")]
    now[0] = 299.0
    kept.text("access_key")
    assert manager.reads == 1
    now[0] = 300.0
    kept.text("access_key")
    assert manager.reads == 2


def test_a_refresh_says_whether_something_changed() -> None:
    """So that the same refused credentials are not tried again."""
    manager = FakeSecretsManager()
    kept = secret(manager)
    kept.text("access_key")
    assert not kept.refresh()
    manager.text = json.dumps({"access_key": "AK2"})
    assert kept.refresh()
    assert kept.text("access_key") == "AK2"


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "null", "{}", '{"access_key":7}', '{"access_key":""}'])
def test_an_unreadable_secret_is_named_without_its_value(text: str) -> None:
    """The message names the field at most."""
    with pytest.raises(UnreadableSecret) as caught:
        secret(FakeSecretsManager(text)).text("access_key")
    assert "7" not in str(caught.value)


@pytest.mark.parametrize("text", ['{"secrets":"a"}', '{"secrets":[1]}'])
def test_a_list_must_be_a_list_of_texts(text: str) -> None:
    """Anything else is an error, and nothing at all is an empty list."""
    with pytest.raises(UnreadableSecret):
        secret(FakeSecretsManager(text)).texts("secrets")
    assert secret(FakeSecretsManager("{}")).texts("secrets") == ()
