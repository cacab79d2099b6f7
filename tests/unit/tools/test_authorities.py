"""The bundle for AWS holds AWS's roots and nothing else."""

import ssl
import time
from pathlib import Path

import certifi
import pytest

from tools.build.authorities import AWS_ROOTS, aws_bundle

WHOLE = Path(certifi.where()).read_text(encoding="utf-8")


def loaded() -> list[dict[str, object]]:
    """What OpenSSL reads from the bundle."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=aws_bundle(WHOLE))
    return [dict(one) for one in context.get_ca_certs()]


def test_every_root_is_a_valid_authority() -> None:
    """OpenSSL takes all five, and none has expired."""
    roots = loaded()
    assert len(roots) == len(AWS_ROOTS)
    assert all(ssl.cert_time_to_seconds(str(one["notAfter"])) > time.time() for one in roots)


def test_the_roots_are_amazons() -> None:
    """Amazon Trust Services' own four, and the Starfield root that older endpoints chain to."""
    names = [dict(pair for part in one["subject"] for pair in part)["commonName"] for one in loaded()]  # type: ignore[attr-defined]
    assert sorted(names) == sorted(AWS_ROOTS)


def test_a_root_that_certifi_dropped_fails_the_build() -> None:
    """A bundle with a hole would fail in production, one endpoint at a time."""
    with pytest.raises(KeyError):
        aws_bundle(WHOLE.replace('# Label: "Amazon Root CA 3"', '# Label: "Somebody"'))
