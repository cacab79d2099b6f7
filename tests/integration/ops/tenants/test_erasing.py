"""A tenant is erased: what goes, what stays, and what has to wait."""

from decimal import Decimal

import pytest

from reelwright.adapters.aws.ops.eraser import BucketAndTableEraser
from reelwright.use_cases.ops.kling_books import Deduction
from tests.integration.ops.office import MONTH, Office


def test_erasure_leaves_the_ledger_alone(office: Office) -> None:
    """Media, prompts, jobs, keys are gone; amounts stay, and the books still agree."""
    job = office.succeeded()
    for key in (f"media/{job.id}/a.mp4", f"inputs/{job.id}/image", "media/job_other/a.mp4"):
        office.s3.put_object(Bucket="media", Key=key, Body=b"x")
    office.run("key create acme")
    assert office.run("tenant erase acme") == 4
    waiting = office.pipeline.submit().job_id
    office.run("tenant suspend acme")
    assert office.run("tenant erase acme") == 4
    office.pipeline.canceling.cancel("acme", waiting)
    assert office.run("tenant erase acme") == 0
    assert [one["Key"] for one in office.s3.list_objects_v2(Bucket="media")["Contents"]] == ["media/job_other/a.mp4"]
    left = {pk.partition("#")[0] for pk, _ in office.rows()}
    assert left - {"OUTBOX"} == {"TENANT", "TENANTS", "LEDGER", "KEY", "LANES", "RATE", "AUDIT"}
    assert "fox" not in str(office.rows())
    assert all(key.revoked for key in office.box.desk.keys("acme"))
    assert office.run("ledger check") == 0, "the erased job's task at Kling is known as ours"
    office.billing.rows.append(Deduction("somebody-elses", Decimal(1), office.clock.at_ms))
    assert [one.subject for one in office.box.ledger.check_with_kling(MONTH)] == ["somebody-elses"]
    assert office.run("tenant erase acme") == 0


def test_what_is_still_held_is_not_erased(office: Office) -> None:
    """The job's row says how its hold ends: an open one keeps the whole tenant until the sweep has settled it."""
    job = office.succeeded()
    office.run("tenant suspend acme")
    office.change("TENANT#acme", f"HOLD#{job.id}", state={"S": "open"})
    assert office.run("tenant erase acme") == 4
    assert any(pk == f"JOB#{job.id}" for pk, _ in office.rows())
    office.change("TENANT#acme", f"HOLD#{job.id}", state={"S": "closed"})
    assert office.run("tenant erase acme") == 0


def test_a_job_that_no_index_shows_yet_is_not_left_behind(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was admitted just before the suspension: its hold is read from the table itself, and erasing waits."""
    job_id = office.pipeline.submit().job_id
    office.run("tenant suspend acme")
    with monkeypatch.context() as lagging:
        lagging.setattr(BucketAndTableEraser, "listed", lambda *_given: iter(()))
        assert office.run("tenant erase acme") == 4
    office.pipeline.canceling.cancel("acme", job_id)
    assert office.run("tenant erase acme") == 0
