"""The schedule's minute and every execution that failed → repairs; its hour → are the books in order."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelwright.composition.observing import observe_lanes
from reelwright.composition.sweep import settings, sweep_up
from reelwright.domain.attempt import job_of
from reelwright.observability import PowertoolsTelemetry, logger, metrics
from reelwright.tracing import traced


@traced
@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:  # noqa: ARG001 - Lambda's signature
    """How many repairs were made."""
    execution = event.get("detail", {}).get("name")
    if isinstance(execution, str):
        return {"repairs": int(sweep_up().execution_ended(job_of(execution)))}
    if event.get("check") == "ledger":
        return check_ledger()
    repairs = sweep_up().sweep()
    PowertoolsTelemetry().count("Swept")
    observe_lanes().observe()
    if settings().kling_credit_minutes:
        ask_for_credit()
    return {"repairs": repairs}


def check_ledger() -> dict[str, int]:
    """Reconcile our books."""
    from reelwright.composition.watching import watch_ledger  # noqa: PLC0415 - once an hour, not in every cold start

    watch_ledger().watch()
    return {"repairs": 0}


def ask_for_credit() -> None:
    """Ask Kling what is left, if this minute is due."""
    from reelwright.composition.watching import watch_credit  # noqa: PLC0415 - only where the setting asks for it

    watch_credit().watch()
