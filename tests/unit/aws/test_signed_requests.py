"""Requests that are signed for AWS, and only for AWS."""

import pytest
import requests

from reelwright.signed_requests import session

XRAY = "https://xray.eu-central-1.amazonaws.com/v1/traces"


def prepared(url: str) -> requests.PreparedRequest:
    made = session(url)
    return made.prepare_request(
        requests.Request("POST", url, {"Content-Type": "application/x-protobuf"}, data=b"spans")
    )


def test_requests_to_aws_are_signed_for_their_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the role's credentials, whose token goes along."""
    for name, value in (("ACCESS_KEY_ID", "AKID"), ("SECRET_ACCESS_KEY", "s3cret"), ("SESSION_TOKEN", "token")):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    headers = prepared(XRAY).headers
    assert headers["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKID/")
    assert "/eu-central-1/xray/aws4_request" in headers["Authorization"]
    assert headers["X-Amz-Security-Token"] == "token"


@pytest.mark.parametrize("url", ["https://otel.example.com/v1/traces", "https://amazonaws.com.example.com/v1/traces"])
def test_nobody_else_sees_a_signature(url: str) -> None:
    """A collector of one's own, and whoever looks a little like AWS."""
    assert "Authorization" not in prepared(url).headers
