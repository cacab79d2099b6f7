"""Guards that only a race of two live processes needs: each probe stages the race and says what it broke."""

from collections.abc import Callable, Iterator
from typing import Final
from unittest.mock import patch

from reelwright.adapters.aws.clients import client
from reelwright.adapters.kling.capability import CallbackCapabilities
from reelwright.domain.signals import FinalizeBusy
from tests.crash import cloud
from tests.crash.effects import Killed
from tests.crash.mutations import Mutation
from tests.support.pipeline import LANE, Pipeline

Probe = Callable[[], Iterator[str]]


def stale_lane() -> Iterator[str]:
    """A dispatcher that read the lane before another one took the last slot takes none."""
    yield from _too_many(_pipeline(slots=1), "slots")


def stale_tenant() -> Iterator[str]:
    """A dispatcher that read the lane before the tenant reached its cap takes no slot for it."""
    pipeline = _pipeline(slots=2)
    pipeline.tenant(at_once=1)
    yield from _too_many(pipeline, "of the tenant")


def freed_before() -> Iterator[str]:
    """A slot that an operator freed is not counted down again at the job's end."""
    pipeline = _pipeline(slots=2)
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    slot = pipeline.lanes.get(LANE).slots[f"{job_id}-1"]
    pipeline.lanes.free(LANE, f"{job_id}-1", slot.expires_ms)
    pipeline.provider.finish(f"{job_id}-1")
    pipeline.finalizing.finalize(job_id, 1)
    running = cloud.rows()["LANES", LANE]["running"]["M"]["acme"]["N"]
    if running != "0":
        yield f"{running} running after the end"


def busy_finalizer() -> Iterator[str]:
    """While one finalizer copies, another one does not begin to."""
    pipeline = _pipeline(slots=2)
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.provider.finish(f"{job_id}-1")
    vars(pipeline.copier)["copy"] = _killed
    for _ in range(2):
        try:
            pipeline.finalizing.finalize(job_id, 1)
        except (Killed, FinalizeBusy) as met:
            last = met
    if not isinstance(last, FinalizeBusy):
        yield "two finalizers copy at the same time"


def forged_capability() -> Iterator[str]:
    """An address that we did not make is nobody's."""
    addresses = CallbackCapabilities("https://api.example.com", lambda: "0123456789abcdef")
    if addresses.verify("job_1-1.AAAA") is not None:
        yield "a forged address was taken for ours"


def _killed(_job_id: str, _url: str) -> tuple[()]:
    raise Killed


def _pipeline(slots: int) -> Pipeline:
    cloud.empty()
    made = Pipeline(client("dynamodb"), cloud.TABLE, slots=slots)
    made.tenant()
    return made


def _too_many(pipeline: Pipeline, what: str) -> Iterator[str]:
    """Two jobs, room for one, and a second dispatcher that still sees the lane as it was."""
    for _ in range(2):
        pipeline.submit()
    before = pipeline.lanes.get(LANE)
    pipeline.dispatch()
    with patch.object(pipeline.lanes, "get", lambda _lane_id: before):
        pipeline.dispatch()
    if len(pipeline.lanes.get(LANE).slots) > 1:
        yield f"more leases than {what} allowed"


WRITES: Final = "adapters.aws.table.writes:Writer"
PROBED: Final[tuple[tuple[Mutation, Probe], ...]] = (
    (Mutation("a lane's limit is not a condition", f"{WRITES}.lease_slot", "size(slots) < :limit", ":limit > :zero"),
     stale_lane),
    (Mutation("a tenant's cap is not a condition", f"{WRITES}.lease_slot",
              "OR running.#tenant < :cap", "OR :cap > :zero"),
     stale_tenant),
    (Mutation("a slot is freed twice", f"{WRITES}.free_slot",
              '"attribute_exists(slots.#slot)"', '"attribute_exists(pk)"'),
     freed_before),
    (Mutation("a finalizer's lease is ignored", "use_cases.finalize:FinalizeJob.finalize",
              "job.status is Status.FINALIZING and job.leased(self.clock.now_ms())", "False"),
     busy_finalizer),
    (Mutation("a callback's address is not checked", "adapters.kling.capability:CallbackCapabilities.verify",
              "any(matches) and external_id", "external_id"),
     forged_capability),
)  # fmt: skip
