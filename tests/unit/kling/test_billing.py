from decimal import Decimal
from typing import Any

import pytest

from reelwright.adapters.kling.billing import KlingBilling
from reelwright.adapters.kling.client import Client
from reelwright.adapters.kling.errors import NO_KEYS
from reelwright.adapters.kling.tokens import Tokens
from reelwright.adapters.kling.transport import Transport, new_session
from reelwright.domain.provider_errors import LookUpFailed
from reelwright.use_cases.ops.kling_books import Deduction
from tests.support.fakes import FakeClock
from tests.support.scripted_kling import BASE_URL, OK, FakeCredentials, Reply, ScriptedKling


def books(*script: Reply, credentials: FakeCredentials | None = None) -> KlingBilling:
    """Kling's books by script."""
    session = new_session()
    session.mount("https://", ScriptedKling(*script))
    return KlingBilling(Client(Transport(BASE_URL, session), Tokens(credentials or FakeCredentials(), FakeClock())))


def row(at: Any) -> Reply:
    """A page with one row."""
    rows = [{"task_id": "t1", "deduction_amount": "1.5", "model_name": "kling-v3", "deduction_time": at}]
    return Reply(OK | {"data": {"result": rows}})


@pytest.mark.parametrize(
    ("told", "at_ms"),
    [(1790000000000, 1790000000000), ("1790000000000", 1790000000000), ("2026-09-20 10:00", None), ("", None),
     (None, None), (-1, None), (True, None), (1.5, None), ([], None)],
)  # fmt: skip
def test_a_time_that_cannot_be_read_is_no_time(told: object, at_ms: int | None) -> None:
    """It is not the year 1970: the row stays, and whoever sorts by month sees that it has none."""
    assert list(books(row(told)).deductions(0, 1)) == [Deduction("t1", Decimal("1.5"), at_ms, "kling-v3")]


def test_without_keys_the_books_cannot_be_read() -> None:
    """That is told as such, and not as a fault of ours."""
    with pytest.raises(LookUpFailed) as caught:
        list(books(credentials=FakeCredentials({})).deductions(0, 1))
    assert caught.value.code == NO_KEYS
