"""The routes without a key: what they say is public, or hangs on a capability that cannot be guessed."""

import pytest

from reelwright.adapters.kling.capability import CALLBACK_PATH, CallbackCapabilities
from reelwright.api.routes import ROUTES
from tests.integration.doors.conftest import SECRETS
from tests.integration.doors.door import Answer, route
from tests.integration.doors.town import Town

OPEN = {(one.method, one.path) for one in ROUTES if not one.scope}
PUBLIC = sorted(OPEN - {("POST", f"{CALLBACK_PATH}{{capability}}")})
NEWS = {"task_id": "1", "task_status": "succeed"}


def _capability(external_id: str) -> str:
    assert "0123456789abcdef0123456789abcdef" in SECRETS["CALLBACKS_SECRET_ARN"]
    made = CallbackCapabilities("https://x", lambda: "0123456789abcdef0123456789abcdef")
    return made.address(external_id).rpartition("/")[2]


def _call_back(town: Town, capability: str) -> Answer:
    return town.door.send(route("POST", f"{CALLBACK_PATH}{{capability}}"), f"{CALLBACK_PATH}{capability}", {}, NEWS)


@pytest.mark.parametrize(("method", "path"), PUBLIC)
def test_public_routes_ask_nothing_of_aws(town: Town, method: str, path: str) -> None:
    """They say the same to everybody, whatever is stored."""
    answer = town.door.send(route(method, path), path, {"Authorization": "Bearer rw_nonsense"})
    assert (answer.status, answer.function) == (200, ())


def test_a_forged_capability_is_refused_before_the_table_is_asked(town: Town) -> None:
    """For a job that is there, for one that is not, and for nonsense: one 404, and no call to the table."""
    theirs, sealed = town.owned["video_id"], _capability("job_x-1").rpartition(".")[2]
    _call_back(town, "first.callback-reads-the-secret")
    forged = [f"{theirs}-1.{sealed}", f"job_{'0' * 26}-1.{sealed}", f"{theirs}-1.", "nonsense", "é" * 20, "x" * 300]
    answers = [_call_back(town, one) for one in forged]
    assert {answer.said(*forged)[0] for answer in answers} == {404}
    assert {answer.body["detail"] for answer in answers} == {"Not found."}
    assert {answer.function for answer in answers} == {()}


def test_a_genuine_capability_of_a_job_that_is_over_looks_like_any_other(town: Town) -> None:
    """Whoever holds an address learns nothing from it: 200 in every case, after the same calls."""
    _call_back(town, "first.callback-reads-the-secret")
    there, gone = (_call_back(town, _capability(f"{name}-9")) for name in (town.owned["video_id"], f"job_{'0' * 26}"))
    assert there.said() == gone.said() == (200, '{"received": true}')
    assert there.function == gone.function == ("UpdateItem JOB",)
