"""A small client of the API, as a newcomer would write it: the standard library alone."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 60


class UnexpectedAnswer(RuntimeError):
    """The API answered otherwise than asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, which must be JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Api:
    """Calls with one API key."""

    base_url: str
    key: str = field(repr=False)

    def call(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Answer:
        """One request; a `body` that is not None travels as JSON."""
        data = None if body is None else json.dumps(body).encode()
        sent = {"Authorization": f"Bearer {self.key}"} | ({"Content-Type": "application/json"} if data else {})
        return fetch(method, self.base_url + path, data, sent | dict(headers or {}))

    def submit(self, order: Mapping[str, object]) -> dict[str, Any]:
        """Ask for a video. Raises UnexpectedAnswer."""
        answer = self.call("POST", "/v1/videos", order)
        if answer.status != HTTPStatus.ACCEPTED:
            raise UnexpectedAnswer(f"POST /v1/videos gave {answer.status}: {answer.body[:500]!r}")
        job: dict[str, Any] = answer.json
        return job

    def video(self, job_id: str) -> dict[str, Any]:
        """How the job stands. Raises UnexpectedAnswer."""
        answer = self.call("GET", f"/v1/videos/{job_id}")
        if answer.status != HTTPStatus.OK:
            raise UnexpectedAnswer(f"GET /v1/videos/{{id}} gave {answer.status}: {answer.body[:500]!r}")
        job: dict[str, Any] = answer.json
        return job


def fetch(method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """One request over plain HTTP; redirects are answers."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT_SECONDS)
    try:
        connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), body, dict(headers or {}))
        answer = connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()
