"""The listener: a thread for each connection, on the loopback interface only."""

import time
from collections.abc import Callable
from http.server import ThreadingHTTPServer

from local.front_door.handler import FrontDoor
from local.front_door.settings import Settings
from local.places import LOOPBACK


class Listener(ThreadingHTTPServer):
    """Takes bursts of connections, and does not wait for their threads at the end."""

    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent about connections that broke: a trace would name what they asked for."""


def serve(settings: Settings, clock: Callable[[], float] = time.time) -> Listener:
    """A bound listener; `serve_forever` starts it, and leaving its context closes the socket."""
    handler = type("ThisFrontDoor", (FrontDoor,), {"settings": settings, "clock": staticmethod(clock)})
    return Listener((LOOPBACK, settings.port), handler)
