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

    def holds(self, name: str) -> bool:
        """Whether there is such a field, and something in it."""
        ...


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key and the id under which CloudFront knows its public half."""

    pair_id: str
    secret: KeyHolder


@dataclass(frozen=True, slots=True)
class CloudFrontLinks:
    """Signs links below `base_url` by one of the keys that CloudFront trusts, which stand here oldest first.

    A newer key signs from when its secret says so (`signs_since_ms`), which an operator lets it say once CloudFront
    knows the key everywhere.
    """

    base_url: str
    keys: tuple[SigningKey, ...]

    def sign(self, key: str, expires_ms: int) -> str:
        """A link that works until `expires_ms`, rounded down to the second."""
        url, expires = f"{self.base_url.rstrip('/')}/{key}", expires_ms // 1000
        by = self._signing()
        signed = _signature(by.secret.text("private_key_pem"), policy(url, expires))
        signature = b64encode(signed).translate(_SAFE).decode()
        return f"{url}?Expires={expires}&Signature={signature}&Key-Pair-Id={by.pair_id}&Hash-Algorithm=SHA256"

    def _signing(self) -> SigningKey:
        """The newest key that may sign, else the oldest; one alone needs no asking."""
        newer = (key for key in reversed(self.keys[1:]) if key.secret.holds("signs_since_ms"))
        return next(newer, self.keys[0])


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
