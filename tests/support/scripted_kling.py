"""An endpoint that answers by script, below `requests`: nothing of our own code is replaced."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from reelwright.adapters.kling.adapter import KlingProvider, kling_provider
from reelwright.adapters.kling.transport import Transport, new_session
from tests.support.fakes import FakeClock

BASE_URL = "https://kling.example.com"
OK = {"code": 0, "message": "SUCCEED", "request_id": "r1"}


@dataclass(frozen=True)
class Reply:
    """One answer; a body that is not bytes is sent as JSON."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class ScriptedKling(BaseAdapter):
    """Gives one reply a request, in order, and keeps the requests. An exception is raised instead of an answer."""

    def __init__(self, *script: Reply | Exception) -> None:
        super().__init__()
        self.script = list(script)
        self.requests: list[requests.PreparedRequest] = []
        self.timeouts: list[Any] = []

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        """Answer with the next line of the script."""
        self.requests.append(request)
        self.timeouts.append(options["timeout"])
        reply = self.script.pop(0)
        if isinstance(reply, Exception):
            raise reply
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        response = requests.Response()
        response.status_code = reply.status
        response.request, response.url = request, str(request.url)
        response.headers.update(reply.headers)
        response.raw = HTTPResponse(io.BytesIO(body), preload_content=False)
        return response

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class FakeCredentials:
    """Credentials that may be rotated under way."""

    fields: dict[str, str] = field(default_factory=lambda: {"access_key": "AK", "secret_key": "S" * 32})
    rotated: dict[str, str] | None = None

    def text(self, name: str) -> str:
        """Give a field."""
        return self.fields[name]

    def refresh(self) -> bool:
        """Take the rotated ones over, if there are any."""
        before, self.fields = self.fields, self.rotated or self.fields
        return before != self.fields


def provider(
    script: ScriptedKling, clock: FakeClock | None = None, credentials: FakeCredentials | None = None
) -> KlingProvider:
    """A provider whose requests end in the script."""
    session = new_session()
    session.mount("https://", script)
    transport = Transport(BASE_URL, session)
    images = {"inputs/job_1/image": b"\x89PNG"}
    return kling_provider(
        BASE_URL, credentials or FakeCredentials(), clock or FakeClock(), images.__getitem__, transport
    )


def refusal(code: int, status: int, message: str = "no") -> Reply:
    """Kling's envelope of an error: without `data`."""
    return Reply({"code": code, "message": message, "request_id": "r9"}, status)


def record(**changes: object) -> dict[str, object]:
    """A legacy task record."""
    usual: dict[str, object] = {
        "task_id": "8930",
        "task_status": "submitted",
        "task_info": {"external_task_id": "job_1-1"},
        "created_at": 1760000000000,
        "updated_at": 1760000000000,
    }
    return usual | changes
