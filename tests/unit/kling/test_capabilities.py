"""Addresses for callbacks that nobody can guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.adapters.kling.capability import CallbackCapabilities


def capabilities(base_url: str = "https://api.example.com", key: str = "k" * 32) -> CallbackCapabilities:
    """Addresses below a base."""
    return CallbackCapabilities(base_url, lambda: key)


def test_an_address_verifies_to_its_external_id() -> None:
    """What we handed out comes back as what it was made for."""
    address = capabilities("https://api.example.com/").address("job_1-1")
    assert address.startswith("https://api.example.com/webhooks/kling/job_1-1.")
    assert capabilities().verify(address.rpartition("/")[2]) == "job_1-1"


def test_without_a_public_address_there_is_none_to_call() -> None:
    """Polling only."""
    assert capabilities("").address("job_1-1") == ""


def test_a_forged_capability_is_nobodys() -> None:
    """Another id, another key, a cut or decorated one: all refused."""
    good = capabilities().address("job_1-1").rpartition("/")[2]
    seal = good.rpartition(".")[2]
    forged = [
        f"job_1-2.{seal}",
        good[:-1],
        good + "=",
        good + "A",
        seal,
        "." + seal,
        "",
        ".",
        "job_1-1.",
        "\u00e9." + seal,
    ]
    assert [capabilities().verify(one) for one in [*forged, "a" * 10_000]] == [None] * 11
    assert capabilities(key="x" * 32).verify(good) is None


@given(st.text(max_size=300))
def test_no_text_breaks_verification(capability: str) -> None:
    """Whatever the path holds."""
    assert capabilities().verify(capability) is None


def test_a_short_key_is_an_error_and_not_a_weak_address() -> None:
    """A missing secret must be seen, not used."""
    with pytest.raises(ValueError, match="too short"):
        capabilities(key="short").address("job_1-1")


def test_keys_of_a_rotation_are_known_beside_the_one_in_use() -> None:
    """Addresses are made with the key in use alone; those of its neighbours are accepted."""
    turning = CallbackCapabilities("https://api.example.com", lambda: "n" * 32, lambda: ("k" * 32,))
    before = capabilities().address("job_1-1").rpartition("/")[2]
    assert turning.verify(before) == "job_1-1"
    assert capabilities().verify(turning.address("job_1-1").rpartition("/")[2]) is None
