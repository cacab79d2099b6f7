"""The custom resource that makes the key pair of media links."""

import importlib.util
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:media"
Outcome = Callable[[dict[str, Any], Any], dict[str, str]]


@dataclass
class Shelf:
    """One secret, and how often it was written."""

    text: str = '{"unused": "generated"}'
    writes: int = 0

    def get_secret_value(self, **_: str) -> dict[str, str]:
        """The current value."""
        return {"SecretString": self.text}

    def put_secret_value(self, *, SecretId: str, SecretString: str) -> None:  # noqa: N803 - AWS's own spelling
        """Replace the value."""
        assert SecretId == SECRET
        self.text, self.writes = SecretString, self.writes + 1


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """The function's own code, loaded from its folder."""
    path = Path(__file__).resolve().parents[2] / "functions" / "signing_key" / "handler.py"
    spec = importlib.util.spec_from_file_location("signing_key_handler", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: Outcome = module.outcome
    return made


def _request(kind: str) -> dict[str, Any]:
    return {"RequestType": kind, "ResourceProperties": {"SecretArn": SECRET}}


def test_the_first_request_makes_a_key_and_answers_with_its_public_half(outcome: Outcome) -> None:
    """RSA of 2048 bits, as CloudFront takes it; the private half is in the secret and nowhere else."""
    shelf = Shelf()
    answer = outcome(_request("Create"), shelf)
    public = serialization.load_pem_public_key(answer["PublicKeyPem"].encode())
    assert isinstance(public, rsa.RSAPublicKey)
    assert public.key_size == 2048
    private = serialization.load_pem_private_key(json.loads(shelf.text)["private_key_pem"].encode(), None)
    assert isinstance(private, rsa.RSAPrivateKey)
    assert private.public_key() == public
    assert "PRIVATE" not in str(answer)


@pytest.mark.parametrize("kind", ["Create", "Update"])
def test_a_repeated_request_keeps_the_key(outcome: Outcome, kind: str) -> None:
    """Links that were signed before stay valid."""
    shelf = Shelf()
    first = outcome(_request("Create"), shelf)
    assert outcome(_request(kind), shelf) == first
    assert shelf.writes == 1


def test_delete_leaves_the_secret_alone(outcome: Outcome) -> None:
    """The secret belongs to the data stack."""
    shelf = Shelf()
    assert outcome(_request("Delete"), shelf) == {}
    assert shelf.writes == 0
