"""A stage or an account whose Kling keys nobody has stored yet: jobs wait, the operator is told, nothing is stuck."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import boto3
import pytest

from reelwright.adapters.aws.secrets import Secret
from reelwright.adapters.kling.accounts import AccountKeys, KlingAccounts
from reelwright.adapters.kling.adapter import kling_provider
from reelwright.adapters.kling.errors import NO_KEYS
from reelwright.adapters.kling.transport import Transport, new_session
from reelwright.composition.kling import no_images
from reelwright.domain.job import Job
from reelwright.domain.signals import ProviderUnavailable, StillGenerating
from reelwright.domain.status import Status
from tests.support.pipeline import LANE, Pipeline
from tests.support.scripted_kling import BASE_URL, ScriptedKling

FRESH = '{"access_key":"","secret_key":"made by the template"}'
"""The secret as the template leaves it."""


def without_keys(pipeline: Pipeline, *served: str) -> Pipeline:
    """The same table, where only the `served` accounts have keys."""
    secret = Secret(boto3.client("secretsmanager"), _stored())

    def account(name: str) -> Any:
        if name in served:
            return pipeline.provider
        session = new_session()
        session.mount("https://", ScriptedKling())
        return kling_provider(
            BASE_URL, AccountKeys(secret, name), pipeline.clock, no_images, Transport(BASE_URL, session)
        )

    provider: Any = KlingAccounts(account)
    return Pipeline(pipeline.client, pipeline.table, clock=pipeline.clock, ids=pipeline.ids, provider=provider)


def _stored() -> str:
    return str(boto3.client("secretsmanager").create_secret(Name="kling", SecretString=FRESH)["ARN"])


def test_jobs_stay_queued_and_the_operator_is_told_once(pipeline: Pipeline) -> None:
    """No slot is held, nothing waits for a look-up, and a job can still be canceled."""
    bare = without_keys(pipeline)
    ids = [bare.submit().job_id for _ in range(3)]
    for _ in range(3):
        bare.dispatch(ids[0])
        bare.clock.advance(bare.policy.blocked_cool_seconds * 5)
    assert {bare.job(one).status for one in ids} == {Status.QUEUED}
    lane = bare.lanes.get(LANE)
    assert (lane.slots, lane.lessons.code, bare.telemetry.counts["BreakerOpened"]) == ({}, NO_KEYS, 1)
    assert bare.canceling.cancel("acme", ids[0])[0].status is Status.CANCELED
    assert bare.left() == Decimal(97)


def test_a_second_account_without_keys_does_not_draw_the_jobs_of_the_first(pipeline: Pipeline) -> None:
    """Its lane is empty and so the freest; after one try it rests, and the first account serves what waits."""
    both = without_keys(pipeline, "main")
    dispatching = replace(both.dispatching, accounts=("main", "second"))
    both.dispatching = dispatching
    for _ in range(3):
        both.submit()
    while both.dispatch():
        """Until nobody serves any more."""
    jobs = [job for job, _ in both.querying.page("acme", None, 10, None).jobs]
    assert sorted(job.status for job in jobs) == [Status.GENERATING, Status.GENERATING, Status.QUEUED]


def test_a_task_of_an_account_that_lost_its_keys_still_ends_at_its_deadline(pipeline: Pipeline) -> None:
    """Poll and finalize cannot ask; they say so until the day is over, and then the job fails and its hold is freed."""
    polled, finalized = pipeline.submit().job_id, pipeline.submit().job_id
    pipeline.dispatch()
    bare = without_keys(pipeline)
    with pytest.raises(StillGenerating):
        bare.polling.poll(polled, 1)
    with pytest.raises(ProviderUnavailable):
        bare.finalizing.finalize(finalized, 1)
    bare.clock.advance(bare.policy.provider_deadline_seconds)
    bare.polling.poll(polled, 1)
    bare.finalizing.finalize(finalized, 1)
    assert {_code(bare.job(one)) for one in (polled, finalized)} == {"provider_lost"}
    assert (bare.left(), bare.free()) == (Decimal(100), 2)


def _code(job: Job) -> str:
    return job.error.code if job.error else str(job.status)
