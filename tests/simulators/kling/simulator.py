"""One simulated Kling endpoint, put together."""

import hashlib
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.simulators.kling import views
from tests.simulators.kling.api import Api
from tests.simulators.kling.app import App
from tests.simulators.kling.callbacks import Announcer
from tests.simulators.kling.clock import Clock, RealClock
from tests.simulators.kling.control import Control
from tests.simulators.kling.control_routes import ControlRoutes
from tests.simulators.kling.courier import Courier, HttpSend, Send
from tests.simulators.kling.engine import Engine
from tests.simulators.kling.faults import FaultBook
from tests.simulators.kling.late import LateAccepts
from tests.simulators.kling.pump import Pump
from tests.simulators.kling.render import Studio
from tests.simulators.kling.results import Links
from tests.simulators.kling.server import Server
from tests.simulators.kling.settings import Settings
from tests.simulators.kling.timeline import Timeline
from tests.simulators.kling.transport import SimulatorTransport

IN_MEMORY_URL = "https://kling.simulator.test"


class KlingSimulator:
    """A context manager around one endpoint.

    `serve` opens a socket on 127.0.0.1 (`port` 0: any); without it requests come through `transport()`. On a virtual
    clock nothing happens until `control.advance`; on the real one things happen by themselves. `send` delivers
    callbacks (default: over HTTP when serving, not at all otherwise); `auth_clock` judges tokens (default: `clock`).
    """

    def __init__(  # noqa: PLR0913 - what may be injected
        self,
        settings: Settings | None = None,
        *,
        clock: Clock | None = None,
        auth_clock: Clock | None = None,
        send: Send | None = None,
        serve: bool = False,
        port: int = 0,
    ) -> None:
        self.settings = settings or Settings()
        self.clock: Clock = clock or RealClock()
        self._server = Server(port) if serve else None
        self.base_url = self._server.base_url if self._server else IN_MEMORY_URL
        self._folder = tempfile.TemporaryDirectory(prefix="kling-simulator-")
        sender = send or (HttpSend(self.settings.callback_timeout_seconds) if serve else None)
        self._courier = Courier(sender, self.clock, self.settings.webhook_secrets)
        self._links = Links(self.base_url, _key(self.settings), self.settings.link_ttl_seconds)
        self.app, self._announcer = self._assemble(auth_clock or self.clock)
        self.control = Control(self.app, self._announcer, self._courier)
        self.app.control = ControlRoutes(self.control).handle
        self._pump = Pump(self.app, self._announcer, self._courier) if isinstance(self.clock, RealClock) else None

    def transport(self) -> SimulatorTransport:
        """Return an adapter to mount on a `requests` session for `base_url`."""
        return SimulatorTransport(self.app)

    def __enter__(self) -> Self:
        if self._pump:
            self._pump.start()
        if self._server:
            self._server.start(self.app)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server:
            self._server.stop()
        if self._pump:
            self._pump.stop()
        self._folder.cleanup()

    def _assemble(self, auth_clock: Clock) -> tuple[App, Announcer]:
        timeline, faults = Timeline(), FaultBook()
        delay_ms = self.settings.callback_delay_ms
        announcer = Announcer(timeline, lambda task, at_ms: views.announced(task, self._links, at_ms), delay_ms)
        engine = Engine(self.settings, faults, timeline, announcer.announce)
        late = LateAccepts(engine, timeline)
        api = Api(self.settings, self.clock, auth_clock, engine, late, faults, self._links)
        return App(api, timeline, Studio(Path(self._folder.name), self.settings.render)), announcer


def _key(settings: Settings) -> bytes:
    """Return the key that result links are signed with: the same for the same seed."""
    return hashlib.sha256(f"kling-simulator/{settings.seed}".encode()).digest()
