from collections.abc import Iterator
from typing import Any

import pytest

from reelwright.adapters.kling.adapter import kling_provider
from reelwright.adapters.kling.transport import Transport, new_session
from tests.integration.kling.both_sides import SECRET, Kling
from tests.simulators.kling import ACCESS_KEY, SECRET_KEY, KlingSimulator, Settings, VirtualClock
from tests.support.scripted_kling import FakeCredentials


@pytest.fixture
def kling() -> Iterator[Kling]:
    """Virtual time for both sides."""
    received: list[tuple[bytes, dict[str, str]]] = []

    def receive(_url: str, body: bytes, headers: Any) -> int:
        received.append((body, dict(headers)))
        return 200

    clock = VirtualClock()
    settings = Settings(render="tiny", concurrency=2, webhook_secrets=(SECRET,))
    with KlingSimulator(settings, clock=clock, send=receive) as simulator:
        session = new_session()
        session.mount(simulator.base_url, simulator.transport())
        credentials = FakeCredentials({"access_key": ACCESS_KEY, "secret_key": SECRET_KEY})
        transport = Transport(simulator.base_url, session)
        made = kling_provider(simulator.base_url, credentials, clock, lambda _key: b"", transport)
        yield Kling(simulator, made, received)
