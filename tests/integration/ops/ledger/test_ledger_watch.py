"""The hourly look at the books: no tenant's trouble hides another's, and none is silent."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from botocore.exceptions import ClientError

from reelwright.use_cases.watching import WatchLedger
from tests.integration.ops.office import MONTH, Office
from tests.support.fake_telemetry import FakeTelemetry


@dataclass
class Told(FakeTelemetry):
    """Remembers what was troubling, and about whom."""

    troubles: list[tuple[str, object, object]] = field(default_factory=list)

    def trouble(self, message: str, **facts: object) -> None:
        self.troubles.append((message, facts.get("kind"), facts["tenant"]))


@pytest.fixture
def two(office: Office) -> Office:
    """A job of acme's and one of zoe's; what zoe has left was changed by hand."""
    office.succeeded()
    office.run("tenant create zoe --units 50")
    office.pipeline.submit("zoe")
    office.change("TENANT#zoe", f"BUDGET#{MONTH}", available={"N": "1"})
    return office


def watched(office: Office) -> Told:
    told = Told()
    WatchLedger(office.box.ledger, office.clock, told).watch()
    return told


def test_books_that_agree_are_told_of_too(office: Office) -> None:
    """A figure of 0 says that somebody looked."""
    office.succeeded()
    assert watched(office).counts == {"LedgerDrift": 0}


def test_books_that_cannot_be_read_are_a_difference(two: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """As after a rollback: they ring as well, the others are compared, and the command names whose they are."""
    two.change(*_job_of(two, "acme"), type={"S": "?"})
    told = watched(two)
    assert told.counts == {"LedgerDrift": 2}
    assert told.troubles == [("ledger drift", "unreadable", "acme"), ("ledger drift", "balance-available", "zoe")]
    assert two.run("ledger check --without-kling") == 1
    assert "unreadable" in capsys.readouterr().out


def test_a_tenant_that_never_rests_hides_no_other(two: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets no verdict, and the log says so."""
    _moving(two, monkeypatch, "acme")
    told = watched(two)
    assert told.counts == {"LedgerDrift": 1}
    assert ("books never stood still", None, "acme") in told.troubles


def test_what_hinders_the_whole_check_is_raised(two: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A right that is missing ends the invocation, which is counted, repeated and kept as a dead letter."""
    refused = ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, "Query")
    monkeypatch.setattr(two.box.ledger.records, "books", _raising(refused))
    with pytest.raises(ClientError):
        watched(two)


def _job_of(office: Office, tenant: str) -> tuple[str, str]:
    return next((pk, sk) for (pk, sk), row in office.rows().items() if sk == "JOB" and row["tenant"]["S"] == tenant)


def _moving(office: Office, monkeypatch: pytest.MonkeyPatch, tenant: str) -> None:
    """Each reading of the tenant's entries finds that money moved."""
    records = office.box.ledger.records
    read = records.entries

    def entries(tenant_id: str, month: str) -> object:
        if tenant_id == tenant:
            office.change(f"TENANT#{tenant}", f"BUDGET#{MONTH}", moved={"N": str(len(moves))})
            moves.append(tenant)
        return read(tenant_id, month)

    moves = list[str]()
    monkeypatch.setattr(records, "entries", entries)


def _raising(error: Exception) -> Callable[..., object]:
    def books(*_: object) -> object:
        raise error

    return books
