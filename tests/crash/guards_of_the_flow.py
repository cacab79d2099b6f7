"""Decisions of the use cases, each with a way to get it wrong."""

from typing import Final

from tests.crash.mutations import Mutation

OF_THE_FLOW: Final = (
    Mutation(
        "the call is made before the claim",
        "use_cases.dispatch:DispatchLane._serve",
        "slot_ends = now",
        "self.send.first(claimed, self.jobs.get_with_request(job.id)[1])\n    slot_ends = now",
        ("one_clip",),
    ),
    Mutation(
        "a lapsed submission is sent again without a look-up",
        "use_cases.submission:SendAttempt.resume",
        "self._adopt_or(mine, resend=generation)",
        "self._resend(mine, generation)",
        ("lenient_kling",),
    ),
    Mutation(
        "the quiet period is skipped",
        "use_cases.submission:SendAttempt._too_early",
        "self.clock.now_ms() < last",
        "last < 0",
        ("lenient_kling",),
        "overtaken",
        "dispatch",
    ),
    Mutation(
        "another dispatcher's lease is ignored",
        "use_cases.dispatch:DispatchLane._recover",
        " and not job.leased(self.clock.now_ms())",
        "",
        ("lenient_kling",),
        "overtaken",
        "dispatch",
    ),
    Mutation(
        "an unknown outcome counts as not created",
        "adapters.kling.adapter:KlingProvider.submit",
        "raise OutcomeUnknown(",
        "raise Unreachable(",
        ("accepted_without_answer",),
    ),
    Mutation(
        "a callback is believed",
        "use_cases.finalize:FinalizeJob._truth",
        "task.status is TaskStatus.PROCESSING",
        "(task.status is TaskStatus.PROCESSING and job.callback_ms is None)",
        ("doubled_callbacks",),
    ),
    Mutation(
        "the estimate is captured instead of the deduction",
        "use_cases.ending:_price",
        "deduction if deduction is not None else job.estimated",
        "job.estimated",
        ("doubled_callbacks",),
    ),
    Mutation(
        "attempts are not counted",
        "use_cases.finalize:FinalizeJob._failed",
        "< self.policy.max_attempts",
        "<= self.policy.max_attempts",
        ("fails",),
    ),
    Mutation(
        "every send has an external id of its own",
        "domain.moves:claimed",
        "bool(job.attempts) and job.attempt.status is AttemptStatus.CLAIMED",
        "False",
        ("full_account",),
    ),
    Mutation(
        "a poll that finds no end is an end",
        "use_cases.poll:PollTask.poll",
        "if job.overdue(",
        "if not job.overdue(",
        ("no_callbacks",),
    ),
    Mutation(
        "the sweep leaves queued jobs alone",
        "use_cases.overdue:RepairOverdue._repair",
        "return self._queued(",
        "return 0 and self._queued(",
        ("one_clip",),
    ),
    Mutation(
        "the sweep leaves lapsed submissions alone",
        "use_cases.overdue:RepairOverdue._cut_short",
        "if job.leased(self.clock.now_ms()):",
        "if True:",
        ("one_clip",),
    ),
    Mutation(
        "the sweep leaves dead executions alone",
        "use_cases.overdue:RepairOverdue._watched",
        "if self.workflows.running(job):",
        "if True:",
        ("one_clip",),
    ),
)
