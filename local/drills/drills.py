"""The drills as data: the runbook, the alarm whose condition must hold, the fault, and the way out."""

from dataclasses import dataclass
from typing import Final

from local.drills import of_aws, of_kling, of_lambda, of_ours
from local.drills.world import Fault


@dataclass(frozen=True, slots=True)
class Drill:
    """The alarm has `seconds` to show the fault."""

    runbook: str
    alarm: str
    fault: Fault
    seconds: float = 100


DRILLS: Final = (
    Drill("dead-letters", "HintsDead", of_aws.dead_letter("DeadLettersUrl")),
    Drill("dead-letters", "SweepDead", of_aws.dead_letter("SweepDeadLettersUrl")),
    Drill("dead-letters", "DeliveriesDead", of_aws.dead_letter("DeliveryDeadLettersUrl")),
    Drill("dead-letters", "OutboxDead", of_aws.dead_letter("AnnounceDeadLettersUrl")),
    Drill("oldest-waiting", "OldestWaiting", of_ours.waiting, 200),
    Drill("executions-failed", "ExecutionsFailed", of_aws.stopped_execution),
    Drill("stuck-job", "ExecutionsFailed", of_aws.stopped_execution),
    Drill("breaker-open", "BreakerOpen", of_kling.blocked),
    Drill("provider-trouble", "ProviderTrouble", of_kling.dark),
    Drill("provider-trouble", "RenderingsFail", of_kling.barren),
    Drill("callback-silence", "CallbackSilence", of_kling.silent),
    Drill("slot-leak", "SlotLeak", of_ours.leaked),
    Drill("ledger-drift", "LedgerDrift", of_ours.drifted),
    Drill("budget-burn", "BudgetBurn", of_ours.spending),
    Drill("api-errors", "ApiErrors", of_ours.broken),
    Drill("function-errors", "FunctionErrors", of_ours.broken),
    Drill("user-impact", "OldestWaiting", of_lambda.paging, 200),
    Drill("success-ratio", "SuccessRatio", of_kling.failing),
    Drill("endpoint-disabled", "EndpointDisabled", of_ours.endpoint),
    Drill("outbox-old", "OutboxOld", of_aws.untold, 150),
    Drill("kling-credit", "KlingCreditLow", of_kling.poor, 400),
    Drill("throttles", "Throttles", of_lambda.turned_away),
    Drill("throttles", "ApiThrottles", of_lambda.shut_out),
    Drill("sweep-silent", "RepairsFail", of_ours.unreadable),
    Drill("sweep-silent", "SweepSilent", of_aws.no_sweep, 400),
)
