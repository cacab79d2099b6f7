"""The front door opens `/media/*` to genuine, fresh CloudFront links and to nothing else."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from botocore.signers import CloudFrontSigner
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from local.front_door.signed_links import NotOpened, TrustedKey

BASE = "http://127.0.0.1:8080"
PATH = "/media/job_1/abc.mp4"
EXPIRES = 1_900_000_000
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())

SHA1 = hashes.SHA1()  # noqa: S303 - CloudFront's own default


def trusted(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = RSA_KEY) -> TrustedKey:
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return TrustedKey("K1", pem.decode())


def botocore_query(path: str = PATH) -> str:
    """A query as AWS's own signer makes it (RSA, SHA-1)."""
    signer = CloudFrontSigner("K1", lambda policy: RSA_KEY.sign(policy, padding.PKCS1v15(), SHA1))
    url = signer.generate_presigned_url(f"{BASE}{path}", date_less_than=datetime.fromtimestamp(EXPIRES, UTC))
    return url.partition("?")[2]


def query(sign: Callable[[bytes], bytes], extra: str = "") -> str:
    """A query in CloudFront's form with any signing function."""
    condition = {"DateLessThan": {"AWS:EpochTime": EXPIRES}}
    policy = json.dumps({"Statement": [{"Resource": BASE + PATH, "Condition": condition}]}, separators=(",", ":"))
    signature = base64.b64encode(sign(policy.encode())).decode().translate(str.maketrans("+=/", "-_~"))
    return f"Expires={EXPIRES}&Signature={signature}&Key-Pair-Id=K1{extra}"


def test_a_link_by_aws_own_signer_opens() -> None:
    """What botocore's CloudFrontSigner signs is accepted until it expires."""
    trusted().check(BASE, PATH, botocore_query(), EXPIRES - 1)


def test_a_sha256_link_opens() -> None:
    """CloudFront's Hash-Algorithm=SHA256 is understood."""
    signed = query(lambda policy: RSA_KEY.sign(policy, padding.PKCS1v15(), hashes.SHA256()), "&Hash-Algorithm=SHA256")
    trusted().check(BASE, PATH, signed, EXPIRES - 1)


def test_an_ecdsa_link_opens() -> None:
    """An ECDSA P-256 key in the trusted group is understood."""
    signed = query(lambda policy: EC_KEY.sign(policy, ec.ECDSA(SHA1)))
    trusted(EC_KEY).check(BASE, PATH, signed, EXPIRES - 1)


def test_an_expired_link_stays_shut() -> None:
    """At its expiry the link is over."""
    with pytest.raises(NotOpened, match="expired"):
        trusted().check(BASE, PATH, botocore_query(), EXPIRES)


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("/media/job_2/abc.mp4", lambda text: text),
        (PATH, lambda text: text.replace(str(EXPIRES), str(EXPIRES + 9))),
        (PATH, lambda text: text.replace("K1", "K2")),
        (PATH, lambda _: ""),
        (PATH, lambda text: text.replace("Signature=", "Signature=%00")),
        (PATH, lambda text: text.replace("Signature=", "Signature=A")),
        (PATH, lambda text: text + "&Hash-Algorithm=MD5"),
        (PATH, lambda text: text + "&Hash-Algorithm=SHA256"),
        (PATH, lambda text: text + "&other=1"),
        (PATH, lambda text: text.replace(str(EXPIRES), "soon")),
        (PATH, lambda text: text.replace(str(EXPIRES), "²")),
    ],
)
def test_a_changed_link_stays_shut(path: str, change: Callable[[str], str]) -> None:
    """Another path, expiry, key, algorithm, parameter or signature than the signed one opens nothing."""
    with pytest.raises(NotOpened):
        trusted().check(BASE, path, change(botocore_query()), EXPIRES - 1)
