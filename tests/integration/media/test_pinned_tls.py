import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from reelwright.adapters.media import pinned
from reelwright.adapters.media.download import Downloader, DownloadFailed
from reelwright.adapters.media.guard import Guard, Policy

NAME = "cdn.example.com"


def certificate(folder: Path, name: str) -> Path:
    """A self-signed certificate for one name, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    built = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    path = folder / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(built.public_bytes(Encoding.PEM) + private)
    return path


@contextmanager
def tls_server(pem: Path, seen: dict[str, Any]) -> Iterator[int]:
    """A server on loopback that notes SNI and Host."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen["host"] = self.headers["Host"]
            self.send_response(200)
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"bytes")

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class calls it so
            """Stay quiet."""

    class Server(HTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that refuses our certificate is expected."""

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.sni_callback = lambda _socket, name, _context: seen.update(sni=name)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def trust(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Lets the test name the bundle of authorities."""
    pinned._tls.cache_clear()  # noqa: SLF001 - the context is kept for a process's life
    yield lambda path: monkeypatch.setattr("certifi.where", lambda: str(path))
    pinned._tls.cache_clear()  # noqa: SLF001


def downloader() -> Downloader:
    """Resolves the name to loopback, as only a trusted host may."""
    return Downloader(Guard(Policy(frozenset({NAME})), lambda _host, _port: ["127.0.0.1"]))


def test_tls_and_host_carry_the_name_while_the_socket_goes_to_the_address(tmp_path: Path, trust: Any) -> None:
    """SNI, certificate check and Host header are the name's."""
    pem, seen = certificate(tmp_path, NAME), dict[str, Any]()
    trust(pem)
    with tls_server(pem, seen) as port, downloader().open(f"https://{NAME}:{port}/x") as body:
        assert b"".join(body.chunks) == b"bytes"
    assert seen == {"sni": NAME, "host": f"{NAME}:{port}"}


@pytest.mark.parametrize("name", ["other.example.com", "127.0.0.1"])
def test_a_certificate_for_another_name_is_refused(tmp_path: Path, trust: Any, name: str) -> None:
    """Whoever sits at the address must be who the name says."""
    pem = certificate(tmp_path, name)
    trust(pem)
    with tls_server(pem, {}) as port, pytest.raises(DownloadFailed, match="SSLCertVerificationError"):  # noqa: SIM117
        with downloader().open(f"https://{NAME}:{port}/x"):
            pass


def test_an_unknown_authority_is_refused(tmp_path: Path, trust: Any) -> None:
    """A self-signed certificate that nobody trusts opens nothing."""
    del trust
    pem = certificate(tmp_path, NAME)
    with tls_server(pem, {}) as port, pytest.raises(DownloadFailed, match="SSLCertVerificationError"):  # noqa: SIM117
        with downloader().open(f"https://{NAME}:{port}/x"):
            pass
