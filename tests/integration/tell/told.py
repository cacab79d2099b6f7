"""Jobs that are canceled, and their ends announced."""

from tests.support.pipeline import Pipeline
from tests.support.telling import Telling

URL = "https://hooks.example/one"


def cancel(pipeline: Pipeline, tenant: str = "acme") -> str:
    job = pipeline.submit(tenant).job_id
    pipeline.canceling.cancel(tenant, job)
    return job


def cancel_all(pipeline: Pipeline, times: int = 1) -> None:
    for _ in range(times):
        cancel(pipeline)


def announce(telling: Telling) -> None:
    assert telling.announcing.announce(telling.in_outbox()) == frozenset()
