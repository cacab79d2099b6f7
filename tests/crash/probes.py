"""Guards that only a race of two live processes needs: each probe stages the race and says what it broke."""

from collections.abc import Iterator
from typing import Final

from reelwright.adapters.kling.capability import CallbackCapabilities
from reelwright.domain.signals import FinalizeBusy
from tests.crash import staged
from tests.crash.effects import Killed
from tests.crash.latecomers import Probe
from tests.crash.mutations import Mutation


def busy_finalizer() -> Iterator[str]:
    """While one finalizer copies, another one does not begin to."""
    pipeline, job_id = staged.at_kling()
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


PROBED: Final[tuple[tuple[Mutation, Probe], ...]] = (
    (Mutation("a finalizer's lease is ignored", "use_cases.finalize:FinalizeJob.finalize",
              "job.status is Status.FINALIZING and job.leased(self.clock.now_ms())", "False"),
     busy_finalizer),
    (Mutation("a callback's address is not checked", "adapters.kling.capability:CallbackCapabilities.verify",
              "any(matches) and external_id", "external_id"),
     forged_capability),
)  # fmt: skip
