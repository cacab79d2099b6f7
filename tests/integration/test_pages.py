"""A tenant's list of jobs, page by page, over the real table."""

from reelwright.domain.status import Status
from tests.support.pipeline import Pipeline


def test_pages_come_newest_first_and_go_on_where_they_stopped(pipeline: Pipeline) -> None:
    """A cursor continues without gap or repetition, and a filter looks through as many pages as it needs."""
    ids = [pipeline.submit().job_id for _ in range(5)]
    first = pipeline.querying.page("acme", None, 2, None)
    rest = pipeline.querying.page("acme", None, 10, first.next_rank)
    assert [job.id for job, _ in (*first.jobs, *rest.jobs)] == ids[::-1]
    assert rest.next_rank is None
    pipeline.canceling.cancel("acme", ids[0])
    canceled = pipeline.querying.page("acme", Status.CANCELED, 1, None)
    assert [job.id for job, _ in canceled.jobs] == ids[:1]
