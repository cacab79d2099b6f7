"""What the body of a callback says, if it is one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.adapters.kling.callbacks import Callback, parse_callback
from tests.unit.kling.documented import BODY

STRANGE = [
    b"", b"null", b"[]", b"7", b'"x"', b"{", b"{}", b'{"task_id":{}}', b"\xff\xfe", b"[" * 100_000,
    b'{"task_id":"1","task_id":"2"}', b'{"task_id":NaN}', b'{"task_id":"\\ud800"}', b'{"task_id":' + b"1" * 5000 + b"}",
    b" " * 300_000 + b'{"task_id":"1"}', '{"task_id":"1"}'.encode("utf-16"), b'{"task_id":1e99999999999999999999}',
]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "ends"), [("submitted", False), ("processing", False), ("succeed", True), ("failed", True), ("x", False)]
)
def test_a_legacy_callback_tells_ids_and_whether_it_claims_an_end(status: str, *, ends: bool) -> None:
    """The bare record of the legacy standard."""
    body = {"task_id": "8930", "task_status": status, "task_info": {"external_task_id": "job_1-1"}}
    assert parse_callback(json.dumps(body).encode()) == Callback("job_1-1", "8930", ends)


def test_a_new_callback_is_read_too() -> None:
    """A record of the new standard has `id` instead."""
    assert parse_callback(BODY) == Callback("", "1234567890", claims_end=True)


@pytest.mark.parametrize("body", STRANGE)
def test_a_strange_body_is_no_callback(body: bytes) -> None:
    """Whatever it is, it ends as None."""
    assert parse_callback(body) is None


@given(st.binary(max_size=200))
def test_no_bytes_break_the_parser(body: bytes) -> None:
    """Nor do random bytes."""
    assert parse_callback(body) is None or isinstance(parse_callback(body), Callback)
