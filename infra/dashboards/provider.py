"""How Kling behaves towards us."""

from infra.dashboards.panel import Row, lines, row, stacked
from infra.figures import HIGHEST, LOWEST, PERCENTILES, Ours


def provider(ours: Ours) -> list[Row]:
    """Rows of the provider dashboard."""
    return [*_creates(ours), *_tasks(ours), *_account(ours)]


def _creates(ours: Ours) -> list[Row]:
    refused = [ours(name) for name in ("Refused", "OverCapacity", "RateLimited", "AccountBlocked", "Unreachable")]
    return [
        row(
            lines("How many tasks does Kling accept?", [ours("Submitted")], unit="tasks"),
            stacked("Which creates does it not accept, and why?", refused, unit="creates"),
            lines("How fast does it answer a create?", ours.spread("SubmitMilliseconds"), unit="ms"),
        ),
        row(
            lines("Of how many creates is the outcome unknown?", [ours("SubmitUnknown")], unit="creates"),
            stacked("How did unknown creates end?", [ours.each("UnknownEnded")], unit="creates"),
            lines(
                "Which submissions went on later, or never ended?", [ours("SubmissionResumed"), ours("ProviderLost")]
            ),
        ),
    ]


def _tasks(ours: Ours) -> list[Row]:
    return [
        row(
            *(
                lines(
                    f"How long does a generation take, by model ({statistic})?",
                    [ours.each("GenerationSeconds", statistic)],
                )
                for statistic in PERCENTILES
            )
        )
    ]


def _account(ours: Ours) -> list[Row]:
    unanswered = [ours("LookUpFailed"), ours("CreditUnknown")]
    callbacks = [ours("CallbackReceived"), ours("CallbackForged")]
    return [
        row(
            lines("Do callbacks arrive, and are any forged?", callbacks, unit="callbacks"),
            stacked("Do they come before we ask?", [ours.each("Discovered")], unit="tasks"),
            lines("Which breakers are open?", [ours.each("BreakerOpen", HIGHEST, 1)], limit=0),
        ),
        row(
            lines("How often do breakers open and close?", [ours("BreakerOpened"), ours("BreakerClosed")]),
            lines("What is left in our packs?", [ours.each("KlingCreditUnits", LOWEST, 15)], unit="units"),
            lines("Which questions does Kling not answer?", unanswered, unit="questions"),
        ),
    ]
