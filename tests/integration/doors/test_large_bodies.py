"""Bodies beyond the limit are refused in our own words, before anything is asked of AWS.

Beyond 6 MiB Lambda is not even called, beyond 10 MB the gateway refuses (docs/limits.md).
"""

import json

import pytest

from reelwright.adapters.kling.capability import CALLBACK_PATH
from reelwright.api.raw_body import MAX_BODY_BYTES
from reelwright.api.reading import SMALL_BODY_BYTES
from tests.integration.doors.door import route
from tests.integration.doors.town import BODIES, Town, key

READING = sorted(one for one, body in BODIES.items() if body is not None)
CALLBACK = route("POST", f"{CALLBACK_PATH}{{capability}}")


@pytest.mark.parametrize(("method", "path"), READING)
def test_a_body_beyond_the_limit_is_413(town: Town, method: str, path: str) -> None:
    """Whoever reads a body reads so much and no more."""
    large = {"prompt": "x" * MAX_BODY_BYTES}
    answer = town.door.send(route(method, path), path.format(**town.owned), key("owner"), large)
    assert (answer.status, answer.body["code"]) == (413, "payload_too_large")
    assert answer.function == ()


@pytest.mark.parametrize(("method", "path"), [one for one in READING if "webhooks" in one[1]])
@pytest.mark.parametrize(("size", "status"), [(SMALL_BODY_BYTES, 400), (SMALL_BODY_BYTES + 1, 413)])
def test_calls_about_webhooks_read_32_kib(town: Town, method: str, path: str, size: int, status: int) -> None:
    """To the byte: a body that fills them is read and found strange, one byte more is not read."""
    frame = len(json.dumps({"x": ""}))
    body = {"x": "x" * (size - frame)}
    answer = town.door.send(route(method, path), path.format(**town.owned), key("owner"), body)
    assert (SMALL_BODY_BYTES, answer.status, answer.function) == (32 * 1024, status, ())


@pytest.mark.parametrize("size", [262_144, 5_000_000])
def test_a_large_callback_is_413_whatever_its_capability(town: Town, size: int) -> None:
    """Before the capability is looked at: nobody can make us work."""
    answer = town.door.send(CALLBACK, f"{CALLBACK_PATH}nonsense", {}, {"x": "x" * size})
    assert (answer.status, answer.function) == (413, ())
