"""Signatures against what the specification and its libraries say."""

import base64
import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from reelwright.adapters.webhooks.secrets import DerivedSecrets
from reelwright.use_cases.tell.signing import headers

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_published_example_is_reproduced() -> None:
    """The test vector of the reference libraries (standard-webhooks, libraries/python/tests)."""
    signed = headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330_000, '{"test": 2432232314}', [SECRET])
    assert signed == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@given(body=st.text(), at_ms=st.integers(0, 2**41), numbers=st.lists(st.integers(1, 99), min_size=1, max_size=5))
def test_each_secret_signs_for_itself(body: str, at_ms: int, numbers: list[int]) -> None:
    """During a rotation a receiver that knows any of the secrets accepts the message."""
    secrets = DerivedSecrets(lambda _: "master", lambda: 1)
    texts = [secrets.secret("whe_1", number) for number in numbers]
    signed = headers("evt_1", at_ms, body, texts)
    parts = signed["webhook-signature"].split(" ")
    for text, part in zip(texts, parts, strict=True):
        key = base64.b64decode(text.removeprefix("whsec_"))
        content = b".".join([b"evt_1", signed["webhook-timestamp"].encode(), body.encode()])
        assert part == "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def test_secrets_differ_by_endpoint_number_and_master() -> None:
    """32 bytes each, the same at every call, and none follows from another."""
    masters = (DerivedSecrets(lambda _: "one", lambda: 1), DerivedSecrets(lambda _: "two", lambda: 1))
    names = [("whe_1", 1), ("whe_1", 2), ("whe_2", 1), ("whe_1.1", 1), ("whe_1", 11)]
    made = [secrets.secret(*name) for secrets in masters for name in names]
    assert len(set(made)) == len(made)
    assert all(len(base64.b64decode(text.removeprefix("whsec_"))) == 32 for text in made)
    assert made[0] == masters[0].secret("whe_1", 1)
