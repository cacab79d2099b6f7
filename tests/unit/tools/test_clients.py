"""AWS clients share a session and never wait longer than they are told to."""

from collections.abc import Iterator

import botocore
import pytest

from reelwright.adapters.aws.clients import client, forget


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No clients of other tests, and none left for them."""
    forget()
    yield
    forget()


def test_a_client_is_made_once() -> None:
    """Sockets and models are shared by whoever asks."""
    assert client("dynamodb") is client("dynamodb")
    made = client("dynamodb")
    forget()
    assert client("dynamodb") is not made


def test_limits_are_explicit() -> None:
    """Connecting, reading and retrying are bounded for each client."""
    config = client("sqs").meta.config
    assert (config.connect_timeout, config.read_timeout) == (2, 10)  # type: ignore[attr-defined]
    assert config.retries == {"mode": "standard", "total_max_attempts": 3}  # type: ignore[attr-defined]


def test_uploads_may_take_longer_to_answer() -> None:
    """Completing a large upload keeps S3 busy before the answer starts."""
    assert client("s3").meta.config.read_timeout == 60  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("region", "environment", "own"),
    [("eu-central-1", {}, True), ("cn-north-1", {}, False), ("eu-central-1", {"AWS_CA_BUNDLE": "/x.pem"}, False)],
)
def test_the_packages_roots_are_used_where_they_apply(
    region: str, environment: dict[str, str], *, own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Amazon's roots verify public regions; other partitions, and whoever names a bundle, get what they expect."""
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    for name, value in {"AWS_DEFAULT_REGION": region, **environment}.items():
        monkeypatch.setenv(name, value)
    verify = client("dynamodb")._endpoint.http_session._verify  # type: ignore[attr-defined] # noqa: SLF001
    assert (verify == str(botocore.__path__[0] + "/cacert.pem")) is own
