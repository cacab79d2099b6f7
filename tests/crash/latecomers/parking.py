"""The state machine's own write: a token is parked where its attempt still runs and no news wait."""

from collections.abc import Iterator

from infra.settings import WorkflowSettings
from infra.state_machine import Ends, definition
from tests.crash import cloud, staged
from tests.crash.latecomers.jobs import second_attempt
from tests.crash.machine import filled
from tests.support.pipeline import Pipeline


def parked_when_over() -> Iterator[str]:
    """No token is parked in a job that is over, where nothing would hand it back."""
    yield from _parked(*staged.ended())


def parked_for_an_earlier_attempt() -> Iterator[str]:
    """An execution of an earlier attempt does not take the place of the present one's token."""
    yield from _parked(*second_attempt())


def parked_after_the_callback() -> Iterator[str]:
    """A token that comes after the callback would wait for one that does not come again."""
    pipeline, job_id = staged.at_kling()
    pipeline.jobs.note_callback(job_id, 1, 1)
    yield from _parked(pipeline, job_id)


def _parked(pipeline: Pipeline, job_id: str) -> Iterator[str]:
    """Park a token for the first attempt as the definition does it."""
    states = definition(WorkflowSettings(), Ends(cloud.TABLE, "", "", 1, 1))["States"]
    write = filled(states["Await1"]["Parameters"], {"job": job_id, "attempt": 1}, "token")
    lost = pipeline.client.exceptions.ConditionalCheckFailedException
    if not staged.refused(lambda: pipeline.client.update_item(**write), lost):
        yield f"a token is parked in {job_id}"
