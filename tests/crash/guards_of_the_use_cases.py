"""Decisions of the use cases that one scene shows, each with a way to get it wrong and the probe that sees it."""

from typing import Final

from tests.crash.latecomers import Probe, erasing, finishing, requests, sending, sweeping, telling
from tests.crash.mutations import Mutation

DELIVER: Final = "use_cases.tell.deliver:Deliver.deliver"
ERASE: Final = "use_cases.ops.erasure:EraseTenant"
PROBED: Final[tuple[tuple[Mutation, Probe], ...]] = (
    (Mutation("a suspended tenant is admitted", "use_cases.submit:SubmitVideo._tenant",
              "if tenant.suspended:", "if False:"),
     requests.suspended_meanwhile),
    (Mutation("a key answers for any body", "use_cases.submit:_replay",
              "record.fingerprint != command.fingerprint", "False"),
     requests.another_body),
    (Mutation("anybody cancels", "use_cases.cancel:CancelVideo.cancel", "job.tenant != tenant_id", "False"),
     requests.another_tenants_job),
    (Mutation("a callback's address is not checked", "adapters.kling.capability:CallbackCapabilities.verify",
              "any(matches) and external_id", "external_id"),
     requests.forged_capability),
    (Mutation("what expired is sent", "use_cases.dispatch:DispatchLane._serve", "if job.expired(now):", "if False:"),
     sending.expired_meanwhile),
    (Mutation("a hint gets past a pause", "use_cases.dispatch:DispatchLane._hinted", " or tenant.paused", ""),
     sending.paused_tenant_hinted),
    (Mutation("a turn gets past a pause", "use_cases.choosing:ChooseJob._head", " or tenant.paused", ""),
     sending.paused_tenant_in_turn),
    (Mutation("what was given up is sent", "use_cases.submission:SendAttempt._resend",
              "if self._overdue(job):", "if False:"),
     sending.unknown_for_too_long),
    (Mutation("unknown for ever", "use_cases.submission:SendAttempt._adopt_or",
              "self._outcome.lost(job) if self._overdue(job) else ", ""),
     sending.unknown_and_unanswered),
    (Mutation("a finalizer's lease is ignored", "use_cases.finalize:FinalizeJob.finalize",
              "job.status is Status.FINALIZING and job.leased(self.clock.now_ms())", "False"),
     finishing.busy_finalizer),
    (Mutation("an end is ended", "use_cases.finalize:FinalizeJob.finalize",
              "job.status not in {Status.GENERATING, Status.FINALIZING} or ", ""),
     finishing.finalized_twice),
    (Mutation("generating for ever", "use_cases.finalize:FinalizeJob.finalize",
              "if job.overdue(self.clock.now_ms()):", "if False:"),
     finishing.never_told),
    (Mutation("a lapsed lease is anybody's", "use_cases.tending:TendLanes._slot",
              "job is not None and job.status in LIVE", "False"),
     sweeping.long_task),
    (Mutation("a leak lives with its job", "use_cases.tending:TendLanes._slot",
              " and job.attempt.external_id == external_id", ""),
     sweeping.earlier_attempts_slot),
    (Mutation("an old hold is settled", "use_cases.holding:QuestionHolds._question",
              "if not job.status.terminal:", "if False:"),
     sweeping.long_wait),
    (Mutation("a delivery has two senders", DELIVER, " or delivery.leased(now)", ""), telling.sent_while_sent),
    (Mutation("a hint is a try", DELIVER, "if delivery.next_ms > now:", "if False:"), telling.sent_too_early),
    (Mutation("the disabled are told", DELIVER, " or not endpoint.enabled", ""), telling.disabled_meanwhile),
    (Mutation("the served are erased", f"{ERASE}.erase", "if not tenant.suspended:", "if False:"),
     erasing.not_suspended),
    (Mutation("the unsettled are erased", f"{ERASE}._settled", 'if one and one.state == "open"', "if False"),
     erasing.hold_open),
)  # fmt: skip
