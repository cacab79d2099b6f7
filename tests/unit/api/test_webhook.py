import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from reelwright.domain.errors import NotFound
from tests.unit.api.conftest import Answer, answer, load
from tests.unit.api.events import CONTEXT, event

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


@dataclass
class Seen:
    """Remembers what was received; knows one capability."""

    calls: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)

    def receive(self, capability: str, headers: Mapping[str, str], body: bytes) -> bool:
        if capability != "job_1-1.c2lnbmVk_-":
            raise NotFound("Not found.")
        self.calls.append((capability, headers, body))
        return False


@pytest.fixture
def seen() -> Seen:
    return Seen()


def send(seen: Seen, monkeypatch: pytest.MonkeyPatch, capability: str, body: str, **options: Any) -> Answer:
    module = load("webhook")
    monkeypatch.setattr(module, "receive_callback", lambda: seen)
    given = event("POST", f"/webhooks/kling/{capability}", body, tenant=None, **options)
    return answer(module.handler(given, CONTEXT))


@pytest.mark.parametrize("body", ["{}", "", "not json", "\x00", '{"task_id": 1}'])
def test_whatever_comes_to_a_known_address_is_taken(seen: Seen, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """200 at once; what the callback says is judged elsewhere, and its bytes arrive untouched."""
    assert send(seen, monkeypatch, "job_1-1.c2lnbmVk_-", body).status == 200
    assert seen.calls[0][2] == body.encode()


def test_a_wrapped_body_arrives_as_its_bytes(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signatures are over bytes, so base64 is taken off first."""
    body = base64.b64encode(b"\xff{}").decode()
    send(seen, monkeypatch, "job_1-1.c2lnbmVk_-", body, encoded=True)
    assert seen.calls[0][2] == b"\xff{}"


@pytest.mark.parametrize("capability", ["x", "job_1-1.forged", "%2e", "é", "a" * 4000])
def test_an_unknown_address_is_404(seen: Seen, monkeypatch: pytest.MonkeyPatch, capability: str) -> None:
    """Addresses that were never made do not exist."""
    assert send(seen, monkeypatch, capability, "{}").status == 404


def test_a_flood_is_413(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    """No callback of Kling's comes near the limit."""
    assert send(seen, monkeypatch, "job_1-1.c2lnbmVk_-", "x" * 300_000).status == 413


def test_the_capability_is_not_written_down(
    seen: Seen, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither log lines nor metrics hold the address."""
    send(seen, monkeypatch, "job_1-1.c2lnbmVk_-", "{}")
    send(seen, monkeypatch, "job_1-1.forged", "{}")
    written = capsys.readouterr()
    assert "job_1-1" not in written.out + written.err
