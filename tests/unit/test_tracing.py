import sys

import pytest

from reelwright.tracing import traced


def echo(event: dict[str, object], context: object) -> dict[str, object]:
    """An answer that shows it was called."""
    del context
    return {"seen": event}


def test_without_the_setting_a_handler_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No wrapper and no import where nobody asked for traces."""
    monkeypatch.setenv("TRACING", "off")
    assert traced(echo) is echo


def test_with_the_setting_a_handler_answers_through_the_tracer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A traced handler gives the same answer, and the X-Ray SDK is there to be used."""
    monkeypatch.setenv("TRACING", "xray")
    wrapped = traced(echo)
    assert wrapped is not echo
    assert wrapped({"job": "j"}, None) == {"seen": {"job": "j"}}
    assert "aws_lambda_powertools.tracing" in sys.modules
