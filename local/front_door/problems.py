"""The front door's own refusals as `application/problem+json` (RFC 9457)."""

import json
from dataclasses import dataclass
from http import HTTPStatus


@dataclass(eq=False)
class Refusal(Exception):
    """An answer that the front door gives by itself."""

    status: HTTPStatus
    code: str
    detail: str

    def body(self) -> bytes:
        """The problem document."""
        document = {"type": "about:blank", "title": self.status.phrase, "status": int(self.status)}
        return json.dumps({**document, "code": self.code, "detail": self.detail}).encode()
