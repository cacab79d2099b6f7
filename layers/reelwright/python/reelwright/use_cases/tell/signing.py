"""Signatures as Standard Webhooks 1.0 has them: HMAC-SHA256 over id, time and body.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

PREFIX: Final = "whsec_"


def headers(message_id: str, at_ms: int, body: str, secrets: Iterable[str]) -> dict[str, str]:
    """The three headers of one try: the id of the event, this try's time in seconds, a signature for each secret."""
    seconds = str(at_ms // 1000)
    signed = f"{message_id}.{seconds}.{body}".encode()
    signatures = " ".join(f"v1,{_signature(secret, signed)}" for secret in secrets)
    return {"webhook-id": message_id, "webhook-timestamp": seconds, "webhook-signature": signatures}


def _signature(secret: str, signed: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX), validate=True)
    return b64encode(hmac.digest(key, signed, sha256)).decode()
