"""Whether a message is signed, as its receiver finds out."""

import base64
import hashlib
import hmac

URL = "https://hooks.example/one"


def signed(secret: str, headers: dict[str, str], body: str) -> bool:
    """Verify as a receiver does, by the specification and not by our code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return any(part == f"v1,{expected}" for part in headers["webhook-signature"].split(" "))
