"""What goes in, what comes out, what it costs."""

from aws_cdk import aws_cloudwatch as cloudwatch

from infra.alarms import HOURS_A_MONTH
from infra.dashboards.panel import Row, lines, numbers, row, stacked
from infra.figures import HIGHEST, LOWEST, Ours, worked_out
from infra.settings import AlarmSettings
from infra.shares import succeeded


def business(ours: Ours, given: AlarmSettings) -> list[Row]:
    """Rows of the business dashboard."""
    return [
        row(
            numbers("How many videos were asked for, and how many made?", [ours("Admitted"), ours("Succeeded")]),
            numbers("How much did they cost?", [ours("UsdCaptured", label="USD"), ours("UnitsCaptured")]),
            numbers("What does a second of finished video cost?", [_price(ours)]),
        ),
        row(
            lines("Does as much come out as goes in?", [ours("Admitted"), ours("Succeeded")], unit="jobs"),
            lines("What share of jobs succeeds?", [succeeded(ours, given)], unit="percent"),
            stacked("Why do jobs fail?", [ours.each("Failed")], unit="jobs"),
        ),
        row(
            stacked("Which requests are refused, and why?", [ours.each("RequestRefused")], unit="requests"),
            lines("How long does a job wait for Kling?", ours.spread("WaitedSeconds"), unit="seconds"),
            lines("Which jobs end without having begun?", [ours("Canceled"), ours("Expired")], unit="jobs"),
        ),
        row(
            lines(
                "How much is newly held, and how much really spent?",
                [ours("UnitsHeld"), ours("UnitsCaptured")],
                unit="units",
            ),
            lines("How fast is money spent?", [_burn(ours, given)], unit="USD an hour", limit=_limit(given)),
            lines("What is left at Kling?", [ours.each("KlingCreditUnits", LOWEST, 15)], unit="units"),
        ),
        row(lines("Do the books agree?", [ours("LedgerDrift", HIGHEST, 60)], parts=1, unit="differences", limit=0)),
    ]


def _price(ours: Ours) -> cloudwatch.MathExpression:
    return worked_out("usd / seconds", {"usd": ours("UsdCaptured"), "seconds": ours("VideoSeconds")}, label="USD")


def _burn(ours: Ours, given: AlarmSettings) -> cloudwatch.MathExpression:
    label = f"USD an hour ({given.monthly_budget_usd} a month)"
    return worked_out("FILL(usd, 0)", {"usd": ours("UsdCaptured", minutes=60)}, 60, label=label)


def _limit(given: AlarmSettings) -> float:
    return round(given.monthly_budget_usd / HOURS_A_MONTH * given.burn_percent / 100, 2)
