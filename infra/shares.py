"""Shares of a whole, in percent, as metric mathematics; alarms and dashboards ask for the same ones.

A share says nothing of a handful: below the fewest of a period it counts as good.
"""

from collections.abc import Iterable, Mapping

from aws_cdk import aws_cloudwatch as cloudwatch

from infra.figures import Ours, worked_out
from infra.settings import AlarmSettings

REFUSED = ("content_refused", "input_refused")
"""What Kling's moderation or input checks refuse is not a fault of the pipeline."""

THEIRS = "generation_failed"
"""Kling ended the task without a video and without a reason of ours."""

_BAD = f"(FILL(failed, 0) - {' - '.join(f'FILL({one}, 0)' for one in REFUSED)})"
_ENDED = f"(FILL(good, 0) + {_BAD})"


def succeeded(ours: Ours, given: AlarmSettings) -> cloudwatch.MathExpression:
    """Of the jobs that could succeed, those that did."""
    share = f"IF({_ENDED} >= {given.fewest_jobs}, 100 * FILL(good, 0) / {_ENDED}, 100)"
    return worked_out(share, _ends(ours, REFUSED), 15, label="Success in percent")


def failed_by_kling(ours: Ours, given: AlarmSettings) -> cloudwatch.MathExpression:
    """Of the same jobs, those that Kling failed; none where most failures are not Kling's."""
    kling = f"FILL({THEIRS}, 0)"
    mostly = f"IF(2 * {kling} >= {_BAD}, 100 * {kling} / {_ENDED}, 0)"
    return worked_out(
        f"IF({_ENDED} >= {given.fewest_jobs}, {mostly}, 0)", _ends(ours, (*REFUSED, THEIRS)), 15, label="In percent"
    )


def unanswered(ours: Ours, given: AlarmSettings) -> cloudwatch.MathExpression:
    """Of the calls to Kling that got us on or came to nothing, the latter; of a handful the pulse alone decides.

    What got us on is an accepted create, or the end of a task. A look-up that finds nothing new is neither.
    """
    using = {
        "accepted": ours("Submitted"),
        "ended": ours("Discovered"),
        "away": ours("Unreachable"),
        "blocked": ours("AccountBlocked"),
        "unknown": ours("SubmitUnknown"),
        "unseen": ours("LookUpFailed"),
        "pulseless": ours("CreditUnknown"),
    }
    good, bad = _sum(("accepted", "ended")), _sum(("away", "blocked", "unknown", "unseen"))
    pulse = f"IF({good} > 0, 0, IF(FILL(pulseless, 0) > 0, 100, 0))"
    share = f"IF({good} + {bad} >= {given.fewest_calls}, 100 * {bad} / ({good} + {bad}), {pulse})"
    return worked_out(share, using, label="In percent")


def found_late(ours: Ours, given: AlarmSettings) -> cloudwatch.MathExpression:
    """Of the ends of tasks, those that no callback told."""
    using = {one: ours("Discovered", minutes=15, value=one) for one in ("callback", "poll", "sweep")}
    late, all_of_them = _sum(("poll", "sweep")), _sum(using)
    share = f"IF({all_of_them} >= {given.fewest_jobs}, 100 * {late} / {all_of_them}, 0)"
    return worked_out(share, using, 15, label="In percent")


def _ends(ours: Ours, reasons: Iterable[str]) -> Mapping[str, cloudwatch.IMetric]:
    why = {reason: ours("Failed", minutes=15, value=reason) for reason in reasons}
    return {"good": ours("Succeeded", minutes=15), "failed": ours("Failed", minutes=15)} | why


def _sum(names: Iterable[str]) -> str:
    return f"({' + '.join(f'FILL({name}, 0)' for name in names)})"
