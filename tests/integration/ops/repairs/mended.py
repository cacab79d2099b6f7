"""What several repairs start from, and what they print."""

import json

import pytest

from tests.integration.ops.office import Office


def generating(office: Office) -> str:
    job_id = office.pipeline.submit().job_id
    office.pipeline.dispatch(job_id)
    return job_id


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(capsys.readouterr().out)["rows"]
    return rows
