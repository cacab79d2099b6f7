"""The keys of media links are renewed while links are watched."""

import json
from base64 import b64decode
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from reelwright.adapters.media.links import CloudFrontLinks, SigningKey, policy
from reelwright.use_cases.ops.rotation import EDGES_KNOW_AFTER_MS, KNOWN_AFTER_MS
from tests.integration.ops.office import Office
from tests.integration.ops.secrets.kept import HOUR_MS, cached


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
