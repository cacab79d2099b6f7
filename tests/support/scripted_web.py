"""A web below the sockets: every connection is scripted bytes, and every dialled address is remembered."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from socket import socket
from typing import Any, cast

from reelwright.adapters.media.download import Downloader, Limits
from reelwright.adapters.media.guard import Guard, Policy, Target

PUBLIC = "93.184.215.14"
URL = "https://cdn.example.com/a.mp4"


class Wire(io.RawIOBase):
    """Bytes as they arrive, one piece a read; an exception among them is raised, a callable is called first."""

    def __init__(self, pieces: Iterable[bytes | Exception | Callable[[], object]]) -> None:
        super().__init__()
        self.pieces = iter(pieces)

    def readinto(self, buffer: Any) -> int:
        """Deliver the next piece."""
        for piece in self.pieces:
            if isinstance(piece, Exception):
                raise piece
            if callable(piece):
                piece()
                continue
            buffer[: len(piece)] = piece
            return len(piece)
        return 0


@dataclass
class FakeSocket:
    """What the download uses of a socket."""

    wire: Wire
    sent: bytes = b""
    timeouts: list[float] = field(default_factory=list)
    closed: bool = False

    def makefile(self, _mode: str, *, buffering: int) -> Wire:
        """Give the raw bytes."""
        assert buffering == 0
        return self.wire

    def sendall(self, data: bytes) -> None:
        """Keep the request."""
        self.sent += data

    def settimeout(self, seconds: float) -> None:
        """Keep the limit."""
        self.timeouts.append(seconds)

    def close(self) -> None:
        """Remember that."""
        self.closed = True


@dataclass
class ScriptedWeb:
    """Gives each dial the next wire; `names` is DNS, where a list of lists answers differently every time."""

    wires: list[Wire | OSError] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=lambda: {"cdn.example.com": [PUBLIC]})
    dialled: list[tuple[str, str]] = field(default_factory=list)
    targets: set[tuple[str, str, int]] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    sockets: list[FakeSocket] = field(default_factory=list)

    def resolve(self, host: str, _port: int) -> list[str]:
        """Answer like DNS; literal addresses are themselves."""
        self.asked.append(host)
        return self.names.get(host, [host])

    def dial(self, target: Target, address: str, _timeout: float) -> socket:
        """Connect to the next wire."""
        self.dialled.append((target.host, address))
        self.targets.add((target.scheme, target.host, target.port))
        wire = self.wires.pop(0)
        if isinstance(wire, OSError):
            raise wire
        self.sockets.append(FakeSocket(wire))
        return cast("socket", self.sockets[-1])

    def downloader(self, policy: Policy | None = None, limits: Limits | None = None) -> Downloader:
        """A downloader on this web."""
        return Downloader(Guard(policy or Policy(), self.resolve), limits or Limits(), self.dial)


def answer(*body: bytes | Exception | Callable[[], object], status: str = "200 OK", **headers: object) -> Wire:
    """An HTTP answer; `Content_Length=5` becomes a header."""
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return Wire(["\r\n".join([*lines, "", ""]).encode(errors="surrogatepass"), *body])


def whole(data: bytes) -> Wire:
    """An honest answer."""
    pieces = [data[at : at + 4096] for at in range(0, len(data), 4096)]
    return answer(*pieces, Content_Length=len(data), Content_Type="video/mp4")


def redirect(location: str) -> Wire:
    """A 302."""
    return answer(status="302 Found", Location=location, Content_Length=0)
