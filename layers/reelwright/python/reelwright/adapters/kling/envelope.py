"""Kling's envelope: `code`, `message`, `request_id`, `data` around every answer."""

from dataclasses import dataclass

from reelwright.adapters.kling.strict_json import BadJson, loads, text


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it came over the wire; `date` is the server's clock."""

    status: int
    body: bytes
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """An answer in Kling's own shape; `data` is empty where it is absent or no object."""

    status: int
    code: int
    message: str
    request_id: str
    data: dict[str, object]

    @property
    def ok(self) -> bool:
        """True for HTTP 2xx with code 0; it says nothing about the task's own state."""
        return self.code == 0 and 200 <= self.status < 300  # noqa: PLR2004


def parse(answer: Answer) -> Envelope | None:
    """The envelope, or None when something else answered: a gateway's page, a truncated body, a wrong shape."""
    try:
        fields = loads(answer.body)
    except BadJson:
        return None
    if not isinstance(fields, dict):
        return None
    code, data = fields.get("code"), fields.get("data")
    if not isinstance(code, int) or isinstance(code, bool):
        return None
    return Envelope(
        answer.status,
        code,
        text(fields.get("message")),
        text(fields.get("request_id"), 128),
        data if isinstance(data, dict) else {},
    )
