"""Verification of CloudFront signed URLs with a canned policy (CloudFront Developer Guide, "canned policy")."""

import base64
import binascii
import json
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

SIGNING_PARAMETERS = frozenset({"Expires", "Signature", "Key-Pair-Id", "Hash-Algorithm"})
HASHES: dict[str, type[hashes.SHA1 | hashes.SHA256]] = {"SHA1": hashes.SHA1, "SHA256": hashes.SHA256}


class NotOpened(Exception):
    """The link does not open the door; the message is fit for the client."""


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """The one public key of the trusted key group."""

    key_pair_id: str
    public_key_pem: str

    def check(self, base_url: str, path: str, query: str, now_seconds: float) -> None:
        """Return when the signed link is genuine and fresh. Raises NotOpened."""
        given = dict(parse_qsl(query, keep_blank_values=True))
        if not {"Expires", "Signature", "Key-Pair-Id"} <= given.keys():
            raise NotOpened("Missing Key-Pair-Id, Signature or Expires")
        if given["Key-Pair-Id"] != self.key_pair_id or not given["Expires"].isascii() or not given["Expires"].isdigit():
            raise NotOpened("Unknown Key-Pair-Id or malformed Expires")
        self._verify(_decoded(given["Signature"]), _policy(base_url, path, query, given), given)
        if int(given["Expires"]) <= now_seconds:
            raise NotOpened("The link has expired")

    def _verify(self, signature: bytes, policy: bytes, given: dict[str, str]) -> None:
        algorithm = HASHES.get(given.get("Hash-Algorithm", "SHA1"))
        if algorithm is None:
            raise NotOpened("Unknown Hash-Algorithm")
        key = load_pem_public_key(self.public_key_pem.encode())
        try:
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(signature, policy, padding.PKCS1v15(), algorithm())
            elif isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(signature, policy, ec.ECDSA(algorithm()))
            else:
                raise NotOpened("The trusted key is of no kind that CloudFront takes")
        except InvalidSignature:
            raise NotOpened("The signature does not match") from None


def _policy(base_url: str, path: str, query: str, given: dict[str, str]) -> bytes:
    others = [
        (name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in SIGNING_PARAMETERS
    ]
    resource = f"{base_url}{path}" + (f"?{urlencode(others)}" if others else "")
    condition = {"DateLessThan": {"AWS:EpochTime": int(given["Expires"])}}
    return json.dumps({"Statement": [{"Resource": resource, "Condition": condition}]}, separators=(",", ":")).encode()


def _decoded(signature: str) -> bytes:
    """CloudFront's own base64: `-`, `_` and `~` stand for `+`, `=` and `/`."""
    try:
        return base64.b64decode(signature.translate(str.maketrans("-_~", "+=/")), validate=True)
    except (binascii.Error, ValueError):
        raise NotOpened("Malformed Signature") from None
