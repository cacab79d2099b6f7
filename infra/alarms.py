"""The alarms as data: what each asks, of which figure, when it rings, and which runbook answers it."""

from collections.abc import Iterator
from dataclasses import dataclass

from aws_cdk import aws_cloudwatch as cloudwatch

from infra.figures import HIGHEST, LOWEST, Ours, worked_out
from infra.settings import AlarmSettings
from infra.shares import failed_by_kling, found_late, succeeded, unanswered
from infra.watched import Watched

ABOVE = cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD
BELOW = cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
HOURS_A_MONTH = 730

IMPACT = ("OldestWaiting", "SuccessRatio")
"""What users feel and Kling may cause. These page through the composite alone, which Kling's own incidents hold back.

Errors of our API users feel too, but no Kling causes them: they page by themselves, whatever Kling does.
"""

PROVIDER = ("BreakerOpen", "ProviderTrouble", "RenderingsFail")
"""What says that the provider, or our account there, is down."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One alarm: it rings when the figure is beyond the threshold in `points` of the last `periods`."""

    name: str
    figure: cloudwatch.IMetric
    threshold: float
    points: int
    periods: int
    runbook: str
    meaning: str
    when: cloudwatch.ComparisonOperator = ABOVE
    silence_is_bad: bool = False


def rules(ours: Ours, watched: Watched, given: AlarmSettings) -> Iterator[Rule]:
    """Every alarm of a stage."""
    yield from _stuck(ours, watched, given)
    yield from _failing(ours, watched, given)
    yield from _telling(ours, given)
    yield from _provider(ours, given)
    yield from _money(ours, given)


def _stuck(ours: Ours, watched: Watched, given: AlarmSettings) -> Iterator[Rule]:
    for name, queue in watched.dead.items():
        meaning = f"A message for {name.lower()} could not be handled in all its tries."
        yield Rule(f"{name}Dead", watched.depth(queue), 0, 1, 1, "dead-letters", meaning)
    oldest = ours("OldestWaitingSeconds", HIGHEST, 1)
    meaning = f"A job has waited for longer than {given.oldest_waiting_seconds} s."
    yield Rule("OldestWaiting", oldest, given.oldest_waiting_seconds, 3, 5, "oldest-waiting", meaning)
    leaks = ours("Repaired", minutes=15, value="Slot")
    yield Rule("SlotLeak", leaks, 0, 2, 8, "slot-leak", "Slots were leased for nobody, and more than once.")
    meaning = "The sweep has not come to its end for ten minutes; nothing repairs what crashes leave behind."
    yield Rule("SweepSilent", ours("Swept"), 1, 2, 2, "sweep-silent", meaning, when=BELOW, silence_is_bad=True)
    meaning = "Again and again something could not be repaired: jobs stand still, or events are not told."
    yield Rule("RepairsFail", ours("RepairFailed"), 0, 3, 6, "sweep-silent", meaning)


def _failing(ours: Ours, watched: Watched, given: AlarmSettings) -> Iterator[Rule]:
    meaning = "Executions fail again and again; the sweep starts others for their jobs."
    yield Rule("ExecutionsFailed", watched.failed_executions(), 0, 2, 3, "executions-failed", meaning)
    using = {"faults": watched.api("5xx"), "requests": watched.api("Count")}
    share = worked_out(
        f"IF(requests >= {given.fewest_requests}, 100 * FILL(faults, 0) / requests, 0)", using, label="5xx in percent"
    )
    meaning = f"More than {given.api_errors_percent} % of requests are answered with 5xx."
    yield Rule("ApiErrors", share, given.api_errors_percent, 2, 3, "api-errors", meaning)
    meaning = "A function ended with an error that nobody foresaw."
    yield Rule("FunctionErrors", watched.errors(), 0, 2, 3, "function-errors", meaning)
    meaning = "Lambda turns invocations away that messages, events or executions asked for."
    yield Rule("Throttles", watched.throttles(), 0, 3, 5, "throttles", meaning)
    meaning = "Lambda turns requests away."
    yield Rule("ApiThrottles", watched.throttles_at_the_door(), 0, 3, 5, "throttles", meaning)
    yield Rule("TableThrottles", watched.table_throttles(), 0, 3, 5, "throttles", "The table turns calls away.")
    meaning = f"Fewer than {given.success_percent} % of the jobs that could succeed did."
    yield Rule(
        "SuccessRatio", succeeded(ours, given), given.success_percent, 2, 3, "success-ratio", meaning, when=BELOW
    )


def _telling(ours: Ours, given: AlarmSettings) -> Iterator[Rule]:
    age = ours("OutboxAgeSeconds", HIGHEST, 1)
    meaning = f"An event was not told for more than {given.outbox_age_seconds} s, or nobody looked."
    limit = given.outbox_age_seconds
    yield Rule("OutboxOld", age, limit, 3, 5, "outbox-old", meaning, silence_is_bad=True)
    meaning = "A tenant's webhook endpoint was disabled: it answered 410, or failed for days. Its tenant must be told."
    yield Rule("EndpointDisabled", ours("EndpointDisabled"), 0, 1, 1, "endpoint-disabled", meaning)


def _provider(ours: Ours, given: AlarmSettings) -> Iterator[Rule]:
    meaning = "A lane has stopped: Kling's answer was one that only an operator can change."
    yield Rule("BreakerOpen", ours("BreakerOpen", HIGHEST, 1), 0, 2, 3, "breaker-open", meaning)
    meaning = "Most calls to Kling come to nothing: it cannot be reached, does not answer, or refuses the account."
    yield Rule("ProviderTrouble", unanswered(ours, given), 50, 2, 3, "provider-trouble", meaning)
    meaning = (
        "Kling ends so many tasks without a video that success cannot be what it should; most failures are its own."
    )
    allowed = 100 - given.success_percent
    yield Rule("RenderingsFail", failed_by_kling(ours, given), allowed, 2, 3, "provider-trouble", meaning)
    meaning = "Most ends of tasks are found by asking: Kling's callbacks do not arrive."
    yield Rule("CallbackSilence", found_late(ours, given), 50, 2, 3, "callback-silence", meaning)


def _money(ours: Ours, given: AlarmSettings) -> Iterator[Rule]:
    drift = ours("LedgerDrift", HIGHEST, 60)
    yield Rule("LedgerDrift", drift, 0, 1, 1, "ledger-drift", "Balances, holds, entries and jobs do not agree.")
    even = given.monthly_budget_usd / HOURS_A_MONTH
    pace = worked_out(f"100 * FILL(usd, 0) / {even:.4f}", {"usd": ours("UsdCaptured", minutes=60)}, 60, label="Percent")
    meaning = f"Money is spent at {given.burn_percent} % of the pace that {given.monthly_budget_usd} USD a month allow."
    yield Rule("BudgetBurn", pace, given.burn_percent, 2, 3, "budget-burn", meaning)
    credit = ours("KlingCreditUnits", LOWEST, 15)
    meaning = f"Fewer than {given.credit_low_units} units are left in an account's packs at Kling."
    yield Rule("KlingCreditLow", credit, given.credit_low_units, 2, 3, "kling-credit", meaning, when=BELOW)
