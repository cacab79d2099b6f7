"""What each drill does and shows, in the words that its runbook keeps."""

from typing import Final

SEEN: Final = {
    "dead-letters": (
        "a message that nobody can read, laid into each of the four dead-letter queues; `deadletters explain` advised "
        "to drop it, `drop` took it away, `list` said nothing"
    ),
    "oldest-waiting": (
        "the lane paused, one job waiting for longer than the stage's 60 s; `lane show` named both, `lane "
        "resume`, and the job succeeded"
    ),
    "executions-failed": (
        "an execution stopped while Kling worked; `trace` showed ABORTED, `job reconcile`, and `trace` ended with "
        "succeeded"
    ),
    "stuck-job": ("a job at Kling whose execution was stopped; `trace`, `job reconcile`, and it succeeded"),
    "breaker-open": (
        "Kling refused creates with 1102; `lane list` showed it, Kling let us in again, `lane reset`, the job "
        "succeeded and `lane list` said closed"
    ),
    "provider-trouble": (
        "Kling answered every create with 503; `pause all`, Kling came back, `resume all`, `lane reset`, and the "
        "jobs succeeded once each; Kling took every task and ended none with a video (`RenderingsFail`): `trace` "
        "showed generation_failed, and the next job succeeded"
    ),
    "callback-silence": (
        "Kling sent no callbacks and polling found the ends; with callbacks back the next job was found at once"
    ),
    "slot-leak": (
        "two slots written into the lane's row by hand, one of them lapsed: the sweep freed that one, `slot list` "
        "called the other leaked, `slot release` freed it"
    ),
    "ledger-drift": (
        "the month's captured units changed by hand; `ledger check` named balance-captured and gave exit 1, and 0 "
        "once the row was as before"
    ),
    "budget-burn": (
        "three jobs within minutes, far above the pace of the stage's 100 USD a month; `tenant show`, `tenant "
        "pause` let the next job wait, `unpause` let it go. Two calm hours were not waited for"
    ),
    "api-errors": (
        "submit's table name changed, as by a bad deployment; setting it back, as a deployment of the version "
        "before does, ended the 5xx"
    ),
    "function-errors": ("the same bad deployment of submit, seen as errors of the function; no letter was left behind"),
    "user-impact": (
        "dispatch's reserved concurrency set to none: an order waited for longer than the stage's 60 s and no alarm of "
        "the provider rang, so the composite would have paged; composites themselves are not there on one machine"
    ),
    "success-ratio": (
        "Kling ended three tasks as failed; `trace` showed generation_failed, and the next job succeeded"
    ),
    "endpoint-disabled": (
        "an endpoint at which nobody listens, failing since six days by its row: the next try disabled it; "
        "`webhook enable` and `webhook replay` took it up again"
    ),
    "outbox-old": (
        "announce's stream and schedule switched off: for a minute no age was told though a job ended; switched "
        "on again, the age was told within the next minutes"
    ),
    "kling-credit": (
        "others left 40 units in the account's pack: the sweep told of it within five minutes, `costs` said 40, "
        "and 50000 after a purchase"
    ),
    "throttles": (
        "dispatch's reserved concurrency set to none: invocations were turned away and an order waited; the "
        "concurrency given back, its video was made; submit's set to none (`ApiThrottles`): what was ordered "
        "before was made, new orders were answered 429 (503 on AWS), and were taken once it was given back. "
        "`TableThrottles` was not seen: the table turns nobody away on one machine"
    ),
    "sweep-silent": (
        "a waiting job's row spoiled by hand (`RepairsFail`): the line that counted `RepairFailed` named the job, "
        "and the row put right, it succeeded; the schedules disabled for six minutes; enabled again, `Swept` "
        "counted within the next two"
    ),
}
