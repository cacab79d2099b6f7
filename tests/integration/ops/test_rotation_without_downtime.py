"""Each kind of key is renewed while it is used: the old works until it is retired, the new works at once."""

import json
from base64 import b64decode
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from reelwright.adapters.aws.secrets import Secret
from reelwright.adapters.kling.accounts import AccountKeys
from reelwright.adapters.kling.billing import KlingBilling
from reelwright.adapters.kling.client import Client
from reelwright.adapters.kling.signatures import CallbackSignatures
from reelwright.adapters.kling.tokens import Tokens
from reelwright.adapters.kling.transport import Transport, new_session
from reelwright.adapters.media.links import CloudFrontLinks, SigningKey, policy
from reelwright.api.keys import NOBODY, identify
from reelwright.api.routes import routed
from reelwright.composition.ops import Given
from reelwright.use_cases.ops.changes import Hand
from reelwright.use_cases.ops.rotation import EDGES_KNOW_AFTER_MS, KNOWN_AFTER_MS, RotateKling
from tests.integration.ops.office import Office
from tests.simulators.kling import ACCESS_KEY, SECRET_KEY, KlingSimulator, VirtualClock
from tests.simulators.kling.callbacks import sign
from tests.simulators.kling.settings import Settings

HOUR_MS = 3_600_000
OLD, NEW = ("whsec_" + text * 8 for text in ("QUJD", "REVG"))


def cached(office: Office, arn: str) -> Secret:
    """A secret as a function keeps it: for five minutes."""
    return Secret(office.secrets, arn, clock=lambda: office.clock.at_ms / 1000)


def test_an_api_key_is_replaced(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Both keys open the API for the overlap, with the same rights; then the new one alone."""
    old, old_text = office.box.keys.create("acme", "ci", ("videos:read",), None, Hand())
    assert office.run(f"key rotate acme {old.key_id} --hours 2 --dry-run") == 0
    assert not office.box.desk.keys("acme")[0].replaced_by
    capsys.readouterr()
    assert office.run(f"key rotate acme {old.key_id} --hours 2 --json") == 0
    new_text = json.loads(capsys.readouterr().out)["rows"][0]["text"]
    assert office.run(f"key rotate acme {old.key_id}") == 4, "a repeated command makes no third key"

    def scopes(text: str, at_ms: int) -> object:
        return identify({"authorization": f"Bearer {text}"}, office.box.desk, at_ms, reading).get("scopes")

    reading, now = routed("GET /v1/usage"), office.clock.at_ms
    assert scopes(old_text, now + 2 * HOUR_MS - 1) == scopes(new_text, now) == "videos:read"
    assert identify({"authorization": f"Bearer {old_text}"}, office.box.desk, now + 2 * HOUR_MS, reading) == NOBODY
    assert scopes(new_text, now + 2 * HOUR_MS) == "videos:read"
    assert new_text not in str(office.rows())


def test_a_replaced_key_ends_no_later_than_before(office: Office) -> None:
    """The overlap never lengthens a key's life, and the new key keeps the end that the old one had."""
    ends = office.clock.at_ms + HOUR_MS
    old, _ = office.box.keys.create("acme", "ci", ("videos:read",), ends, Hand())
    assert office.run(f"key rotate acme {old.key_id} --hours 24") == 0
    assert {key.expires_ms for key in office.box.desk.keys("acme")} == {ends}


def test_kling_is_asked_by_one_pair_or_the_other(office: Office) -> None:
    """A function that still keeps the old pair is answered, and so is one that reads the new one."""
    arn = office.given.kling_secret_arn
    accounts = {"old": "old-secret" * 4, ACCESS_KEY: SECRET_KEY}
    with KlingSimulator(Settings(accounts=accounts), clock=VirtualClock(office.clock.at_ms)) as simulator:

        def books(credentials: object) -> KlingBilling:
            session = new_session()
            session.mount(simulator.base_url, simulator.transport())
            return KlingBilling(Client(Transport(simulator.base_url, session), Tokens(credentials, office.clock)))  # type: ignore[arg-type]

        def answered(asking: KlingBilling) -> bool:
            simulator.control.advance(2)  # Kling takes this question once a second
            office.clock.advance(2)
            return bool(asking.packs(0, office.clock.at_ms))

        office.secrets.put_secret_value(
            SecretId=arn, SecretString=json.dumps({"access_key": "old", "secret_key": accounts["old"]})
        )
        warm, fresh = (books(AccountKeys(cached(office, arn), "main")) for _ in range(2))
        assert answered(warm)
        rotate = RotateKling(office.box.rotations.kling.desk, lambda pair: books(Given(pair)), office.clock)
        simulator.control.advance(2)
        rotate.rotate("main", ACCESS_KEY, SECRET_KEY, Hand())
        assert answered(warm), "by the pair that it keeps"
        assert answered(fresh), "by the pair that it reads now"
        simulator.control.advance(KNOWN_AFTER_MS / 1000)
        office.clock.advance(KNOWN_AFTER_MS / 1000)
        del accounts["old"]  # deleted in Kling's console
        assert answered(warm), "by the new pair, five minutes later"


def test_kling_may_sign_by_the_secret_before(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the moment that the new secret is added, callbacks signed by either pass; after `retire` the new one's."""
    body, arn = b"{}", office.given.callbacks_secret_arn

    def passes(*secrets: str) -> bool:
        headers = sign(secrets, "msg_1", office.clock.at_ms // 1000, body)
        known = cached(office, arn)
        return CallbackSignatures(lambda: known.texts("kling_webhook_secrets"), office.clock).accept(headers, body)

    for secret, expected in ((OLD, (True, False)), (NEW, (True, True))):
        monkeypatch.setenv("NEW_KLING_WEBHOOK_SECRET", secret)
        assert office.run("secrets rotate webhooks") == 0
        assert (passes(OLD), passes(NEW)) == expected
    assert office.run("secrets retire webhooks") == 0
    assert (passes(OLD), passes(NEW)) == (False, True)


class Edge:
    """CloudFront with the public halves of both generations, as a deployment with `-c signing_keys=1,2` leaves it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.pairs = {f"K{number}": rsa.generate_private_key(public_exponent=65537, key_size=2048) for number in (1, 2)}
        self.made_ms = office.clock.at_ms
        for arn, key in zip(office.given.media_secret_arns, self.pairs.values(), strict=True):
            pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
            fields = {"private_key_pem": pem, "made_ms": self.made_ms}
            office.secrets.put_secret_value(SecretId=arn, SecretString=json.dumps(fields))

    def function(self) -> CloudFrontLinks:
        """A fresh environment of query, which then keeps its secrets for five minutes."""
        arns = self.office.given.media_secret_arns
        keys = (SigningKey(name, cached(self.office, arn)) for name, arn in zip(self.pairs, arns, strict=True))
        return CloudFrontLinks("https://cdn.example.com", tuple(keys))

    def opens(self, links: CloudFrontLinks) -> str:
        """Sign a link and verify it as the edge does; the id of the key that signed."""
        url, _, query = links.sign("media/j/a.mp4", self.office.clock.at_ms + HOUR_MS).partition("?")
        given: dict[str, Any] = {name: values[0] for name, values in parse_qs(query).items()}
        message = policy(url, int(given["Expires"]))
        signature = b64decode(given["Signature"].translate(str.maketrans("-_~", "+=/")))
        self.pairs[given["Key-Pair-Id"]].public_key().verify(signature, message, padding.PKCS1v15(), SHA256())
        return str(given["Key-Pair-Id"])


def test_media_links_open_at_every_moment(office: Office) -> None:
    """Query's environments, warm and fresh, sign by a key that the edge trusts; the older one goes when its links have.

    The new key waits until every edge knows it, and the old private half is forgotten only after its last link.
    """
    edge = Edge(office)
    warm = edge.function()
    assert edge.opens(warm) == edge.opens(edge.function()) == "K1"
    assert office.run("secrets rotate media") == 4, "edges may not know the new key yet"
    office.clock.advance(EDGES_KNOW_AFTER_MS / 1000)
    assert edge.opens(warm) == "K1", "the environment reads its secret again"
    assert office.run("secrets rotate media --dry-run") == 0
    assert edge.opens(edge.function()) == "K1"
    assert office.run("secrets rotate media") == 0
    assert edge.opens(edge.function()) == "K2"
    assert edge.opens(warm) == "K1", "by what it still keeps, and the edge trusts it"
    assert office.run("secrets retire media") == 4
    office.clock.advance(KNOWN_AFTER_MS / 1000)
    assert edge.opens(warm) == "K2"
    office.clock.advance(office.given.media_link_seconds)
    assert office.run("secrets retire media") == 0
    assert edge.opens(edge.function()) == edge.opens(warm) == "K2"
    assert "private_key_pem" not in office.secret(office.given.media_secret_arns[0])
    assert office.run("secrets rotate media") == office.run("secrets retire media") == 0, "repeated: already so"


def test_one_key_alone_cannot_be_replaced_by_a_command(office: Office) -> None:
    """CloudFormation owns what CloudFront trusts: a deployment makes the next key."""
    office.box.reach.given = replace(office.given, media_secret_arns=office.given.media_secret_arns[:1])
    assert office.run("secrets rotate media") == 4
