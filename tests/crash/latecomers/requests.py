"""Requests: of whom, for what, and under which key."""

from collections.abc import Iterator

from reelwright.adapters.kling.capability import CallbackCapabilities
from reelwright.domain.errors import IdempotencyMismatch, NotFound, TenantSuspended
from reelwright.use_cases.submit import SubmitCommand
from tests.crash import staged
from tests.support.pipeline import CLIP


def suspended_meanwhile() -> Iterator[str]:
    """A tenant that was suspended is admitted nothing more, though its key still works."""
    pipeline = staged.pipeline()
    pipeline.tenants.put(staged.plan(suspended=True))
    if not staged.refused(pipeline.submit, TenantSuspended):
        yield "a suspended tenant spends"


def another_body() -> Iterator[str]:
    """An Idempotency-Key that came with another body does not answer for this one."""
    pipeline = staged.pipeline()
    pipeline.submit(idempotency_key="key")
    other = SubmitCommand("acme", CLIP, "other", lambda job, _: job.id, idempotency_key="key")
    if not staged.refused(lambda: pipeline.submitting.submit(other), IdempotencyMismatch):
        yield "a body that was never admitted is answered as if it were"


def another_tenants_job() -> Iterator[str]:
    """Nobody cancels another tenant's job."""
    pipeline = staged.pipeline()
    job_id = pipeline.submit().job_id
    if not staged.refused(lambda: pipeline.canceling.cancel("zoe", job_id), NotFound):
        yield "a stranger canceled it"


def forged_capability() -> Iterator[str]:
    """An address that we did not make is nobody's."""
    addresses = CallbackCapabilities("https://api.example.com", lambda: "0123456789abcdef")
    if addresses.verify("job_1-1.AAAA") is not None:
        yield "a forged address was taken for ours"
