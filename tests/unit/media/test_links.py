from base64 import b64decode
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from reelwright.adapters.media.links import CloudFrontLinks, SigningKey, policy

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ECDSA = ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class PemSecret:
    """A secret that holds a key."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

    def holds(self, name: str) -> bool:
        """Nobody has let it sign before others."""
        del name
        return False

    def text(self, name: str) -> str:
        """The field that is asked for."""
        assert name == "private_key_pem"
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def links_by(
    base_url: str, pair_id: str, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
) -> CloudFrontLinks:
    """Links signed by one key."""
    return CloudFrontLinks(base_url, (SigningKey(pair_id, PemSecret(key)),))


def signed(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> tuple[str, dict[str, str], bytes]:
    """A link's address without query, its query, and its signature's bytes."""
    link = links_by("https://cdn.example.com/", "K123", key).sign("media/job_1/ab.mp4", 1790000000999)
    parts = urlsplit(link)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    signature = query["Signature"].translate(str.maketrans("-_~", "+=/"))
    return f"{parts.scheme}://{parts.netloc}{parts.path}", query, b64decode(signature, validate=True)


def test_a_link_carries_what_cloudfront_needs() -> None:
    """Expiry in seconds, key pair id and the hash's name, below the distribution's address."""
    url, query, _ = signed(RSA)
    assert url == "https://cdn.example.com/media/job_1/ab.mp4"
    assert query | {"Signature": ""} == {
        "Expires": "1790000000", "Signature": "", "Key-Pair-Id": "K123", "Hash-Algorithm": "SHA256",
    }  # fmt: skip


def test_the_policy_is_byte_for_byte_the_canned_one() -> None:
    """CloudFront rebuilds it from the link, so that no blank may differ."""
    assert policy("https://c/a", 7) == (
        b'{"Statement":[{"Resource":"https://c/a","Condition":{"DateLessThan":{"AWS:EpochTime":7}}}]}'
    )


def test_rsa_signatures_verify() -> None:
    """With the public key, PKCS #1 v1.5 and SHA-256."""
    url, query, signature = signed(RSA)
    RSA.public_key().verify(signature, policy(url, int(query["Expires"])), padding.PKCS1v15(), SHA256())


def test_ecdsa_signatures_verify() -> None:
    """P-256 gives shorter links."""
    url, query, signature = signed(ECDSA)
    ECDSA.public_key().verify(signature, policy(url, int(query["Expires"])), ec.ECDSA(SHA256()))


def test_other_kinds_of_keys_are_an_error() -> None:
    """CloudFront would refuse every link."""
    links = links_by("https://c", "K", ed25519.Ed25519PrivateKey.generate())
    with pytest.raises(TypeError):
        links.sign("media/a", 0)
