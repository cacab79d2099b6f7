"""Signed links to assets: CloudFront canned policies, SHA-256."""

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

_SAFE: Final = bytes.maketrans(b"+=/", b"-_~")


class KeyHolder(Protocol):
    """A secret with the field `private_key_pem`, RSA-2048 or ECDSA P-256."""

    def text(self, name: str) -> str:
        """The field."""
        ...


@dataclass(frozen=True, slots=True)
class CloudFrontLinks:
    """Signs links below `base_url` for the key that CloudFront knows as `key_pair_id`."""

    base_url: str
    key_pair_id: str
    secret: KeyHolder

    def sign(self, key: str, expires_ms: int) -> str:
        """A link that works until `expires_ms`, rounded down to the second."""
        url, expires = f"{self.base_url.rstrip('/')}/{key}", expires_ms // 1000
        signature = (
            b64encode(_signature(self.secret.text("private_key_pem"), policy(url, expires))).translate(_SAFE).decode()
        )
        return f"{url}?Expires={expires}&Signature={signature}&Key-Pair-Id={self.key_pair_id}&Hash-Algorithm=SHA256"


def policy(url: str, expires_seconds: int) -> bytes:
    """CloudFront's canned policy, byte for byte what it rebuilds from the link."""
    condition = f'{{"DateLessThan":{{"AWS:EpochTime":{expires_seconds}}}}}'
    return f'{{"Statement":[{{"Resource":"{url}","Condition":{condition}}}]}}'.encode()


def _signature(pem: str, message: bytes) -> bytes:
    # Imported here: the library is large, lives in a layer of its own, and only signing needs it.
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415

    key = _load(pem)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(message, padding.PKCS1v15(), SHA256())
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(message, ec.ECDSA(SHA256()))
    raise TypeError("CloudFront takes RSA and ECDSA keys only")


def _load(pem: str) -> "PrivateKeyTypes":
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    return load_pem_private_key(pem.encode(), password=None)
