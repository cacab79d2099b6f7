"""Which signatures of a callback are believed."""

import pytest

from reelwright.adapters.kling.signatures import CallbackSignatures
from tests.support.fakes import FakeClock
from tests.unit.kling.documented import BODY

SECRET = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="
HEADERS = {
    "Webhook-Id": "9876543210",
    "webhook-timestamp": "1781080794",
    "webhook-signature": "v1,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4=",
}
SIGNED_MS = 1781080794_000


def signatures(*secrets: str, at_ms: int = SIGNED_MS, optional: bool = False) -> CallbackSignatures:
    """A checker with these secrets at that time."""
    return CallbackSignatures(lambda: secrets, FakeClock(at_ms), optional=optional)


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
