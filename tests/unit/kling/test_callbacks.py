import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.adapters.kling.callbacks import Callback, parse_callback
from reelwright.adapters.kling.capability import CallbackCapabilities
from reelwright.adapters.kling.signatures import CallbackSignatures
from tests.support.fakes import FakeClock

SECRET = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="
BODY = b'{"id":"1234567890","status":"succeeded","message":"","create_time":1781080778802,"update_time":1781080794151}'
HEADERS = {
    "Webhook-Id": "9876543210",
    "webhook-timestamp": "1781080794",
    "webhook-signature": "v1,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4=",
}
SIGNED_MS = 1781080794_000

STRANGE = [
    b"", b"null", b"[]", b"7", b'"x"', b"{", b"{}", b'{"task_id":{}}', b"\xff\xfe", b"[" * 100_000,
    b'{"task_id":"1","task_id":"2"}', b'{"task_id":NaN}', b'{"task_id":"\\ud800"}', b'{"task_id":' + b"1" * 5000 + b"}",
    b" " * 300_000 + b'{"task_id":"1"}', '{"task_id":"1"}'.encode("utf-16"), b'{"task_id":1e99999999999999999999}',
]  # fmt: skip


def signatures(*secrets: str, at_ms: int = SIGNED_MS, optional: bool = False) -> CallbackSignatures:
    """A checker with these secrets at that time."""
    return CallbackSignatures(lambda: secrets, FakeClock(at_ms), optional=optional)


@pytest.mark.parametrize(
    ("status", "ends"), [("submitted", False), ("processing", False), ("succeed", True), ("failed", True), ("x", False)]
)
def test_a_legacy_callback_tells_ids_and_whether_it_claims_an_end(status: str, *, ends: bool) -> None:
    """The bare record of the legacy standard."""
    body = {"task_id": "8930", "task_status": status, "task_info": {"external_task_id": "job_1-1"}}
    assert parse_callback(json.dumps(body).encode()) == Callback("job_1-1", "8930", ends)


def test_a_new_callback_is_read_too() -> None:
    """A record of the new standard has `id` instead."""
    assert parse_callback(BODY) == Callback("", "1234567890", claims_end=True)


@pytest.mark.parametrize("body", STRANGE)
def test_a_strange_body_is_no_callback(body: bytes) -> None:
    """Whatever it is, it ends as None."""
    assert parse_callback(body) is None


@given(st.binary(max_size=200))
def test_no_bytes_break_the_parser(body: bytes) -> None:
    """Nor do random bytes."""
    assert parse_callback(body) is None or isinstance(parse_callback(body), Callback)


def test_the_documented_signature_is_accepted() -> None:
    """Kling's own test vector."""
    assert signatures(SECRET).accept(HEADERS, BODY)


def test_any_of_several_secrets_and_signatures_will_do() -> None:
    """During a rotation there are two of each."""
    both = HEADERS | {"webhook-signature": "v1,AAAA v2,zzz " + HEADERS["webhook-signature"]}
    assert signatures("whsec_b2xkb2xkb2xk", SECRET).accept(both, BODY)


@pytest.mark.parametrize("seconds", [-301, 301])
def test_an_old_or_future_signature_is_refused(seconds: int) -> None:
    """A callback may be replayed for five minutes, no longer."""
    assert not signatures(SECRET, at_ms=SIGNED_MS + seconds * 1000).accept(HEADERS, BODY)


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook-signature": ""}, {"webhook-signature": "v1,"}, {"webhook-signature": "v1,\u00e9"},
        {"webhook-signature": "v2," + HEADERS["webhook-signature"][3:]}, {"webhook-timestamp": ""},
        {"webhook-timestamp": "1781080795"}, {"webhook-timestamp": "\u0661"}, {"webhook-timestamp": "9" * 40},
        {"Webhook-Id": "1"}, {"Webhook-Id": ""}, {"webhook-signature": "v1,x " * 5000}, {"Webhook-Id": "\ud800"},
    ],
)  # fmt: skip
def test_a_wrong_signature_is_refused(changes: dict[str, str]) -> None:
    """Every part of what is signed counts."""
    assert not signatures(SECRET).accept(HEADERS | changes, BODY)


def test_a_changed_body_is_refused() -> None:
    """The raw bytes are signed."""
    assert not signatures(SECRET).accept(HEADERS, BODY + b" ")


def test_an_account_with_secrets_signs_everything() -> None:
    """A missing signature does not pass unless that was said."""
    assert not signatures(SECRET).accept({}, BODY)
    assert signatures(SECRET, optional=True).accept({}, BODY)
    assert not signatures(SECRET, optional=True).accept(HEADERS, b"{}")


def test_an_account_without_secrets_signs_nothing() -> None:
    """Then the capability in the address is all there is, and the truth is looked up anyway."""
    assert signatures().accept({}, BODY)


@pytest.mark.parametrize("secret", ["whsec_%%%", "whsec_", ""])
def test_an_unreadable_secret_matches_nothing(secret: str) -> None:
    """A typo in the secret closes the door; polling goes on."""
    assert not signatures(secret).accept(HEADERS, BODY)


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
