"""The ledger's check while money moves: read again, or no verdict."""

from typing import Any

import pytest

from tests.integration.ops.ledger.checking import checked
from tests.integration.ops.office import Office


def test_money_that_moves_while_it_is_read_is_read_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job admitted between two reads gives no false alarm."""
    office.succeeded()
    records: Any = office.box.records
    read = records.jobs
    moved: list[str] = []

    def jobs(job_ids: Any) -> Any:
        if len(moved) < 2:
            moved.append(office.pipeline.submit().job_id)
        return read(job_ids)

    monkeypatch.setattr(records, "jobs", jobs)
    assert checked(office) == ()
    assert len(moved) == 2


def test_money_that_never_rests_is_no_verdict(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Better no answer than a wrong one: exit 4."""
    records: Any = office.box.records
    read = records.jobs
    monkeypatch.setattr(records, "jobs", lambda ids: (office.pipeline.submit(), read(ids))[1])
    assert office.run("ledger check --without-kling") == 4
