"""How jobs move, and what is repaired on the way."""

from collections.abc import Sequence

from aws_cdk import aws_cloudwatch as cloudwatch

from infra.dashboards.panel import Row, lines, row, stacked, states
from infra.figures import HIGHEST, Ours
from infra.watched import Watched


def pipeline(ours: Ours, watched: Watched, alarms: Sequence[cloudwatch.IAlarm]) -> list[Row]:
    """Rows of the pipeline dashboard."""
    return [
        row(states("Which alarms ring?", alarms)),
        *_flow(ours),
        *_repairs(ours, watched),
        *_telling(ours),
        *_machinery(watched),
    ]


def _flow(ours: Ours) -> list[Row]:
    return [
        row(
            lines(
                "How long has the oldest job waited?", [ours.each("OldestWaitingSeconds", HIGHEST, 1)], unit="seconds"
            ),
            lines("How many slots are in use?", [ours.each("SlotsInUse", HIGHEST, 1)], unit="slots"),
            lines("How many slots may be used?", [ours.each("SlotsTotal", HIGHEST, 1)], unit="slots"),
        ),
        row(
            stacked("What leads us to the end of a task?", [ours.each("Discovered")], unit="tasks"),
            lines("How long does finishing a job take?", ours.spread("FinalizeMilliseconds"), unit="ms"),
            lines("How large are the results?", ours.spread("ResultBytes"), unit="bytes"),
        ),
    ]


def _repairs(ours: Ours, watched: Watched) -> list[Row]:
    lost = [ours(name) for name in ("HintLost", "StartLost", "TokenStale", "TokenInvalid", "ClaimLost")]
    failing = [ours(name) for name in ("RepairFailed", "ForecastFailed", "ObservationFailed")]
    return [
        row(
            stacked("What did the sweep repair?", [ours.each("Repaired")], unit="repairs"),
            lines("Does the sweep run, and can it repair?", [ours("Swept"), *failing], unit="sweeps"),
            lines("What got lost on the way?", lost, unit="events"),
        ),
        row(
            lines("Which executions fail?", [watched.failed_executions()], unit="executions"),
            lines("Do copies fail, and are jobs run again?", [ours("CopyFailed"), ours("Rerun")], unit="jobs"),
            lines(
                "Which messages are dead?", [watched.depth(queue) for queue in watched.dead.values()], unit="messages"
            ),
        ),
    ]


def _telling(ours: Ours) -> list[Row]:
    told = [ours(name) for name in ("EventsPublished", "PublishFailed", "WebhookGivenUp")]
    return [
        row(
            lines("How long has the oldest event been untold?", [ours("OutboxAgeSeconds", HIGHEST, 1)], unit="seconds"),
            lines("How many events are told, and how many are not?", told, unit="events"),
            stacked("What comes of tries at tenants' endpoints?", [ours.each("WebhookTried")], unit="tries"),
        ),
        row(
            lines("How soon do webhooks arrive?", ours.spread("WebhookMilliseconds"), parts=2, unit="ms"),
            stacked(
                "Which endpoints were disabled, and why?", [ours.each("EndpointDisabled")], parts=2, unit="endpoints"
            ),
        ),
    ]


def _machinery(watched: Watched) -> list[Row]:
    age = watched.depth(watched.hints)
    long = [watched.function(name, "Duration", "p99") for name in watched.functions]
    return [
        row(
            lines("How does the API answer?", [watched.api(name) for name in ("Count", "4xx", "5xx")], unit="requests"),
            lines("How fast does the API answer?", [watched.api("Latency", "p50"), watched.api("Latency", "p99")]),
            lines("How many hints wait?", [age], unit="messages"),
        ),
        row(
            lines("How long do functions take (p99)?", long, unit="ms"),
            lines(
                "Are functions failing or turned away?",
                [watched.errors(), watched.throttles(), watched.throttles_at_the_door()],
                unit="invocations",
            ),
            lines("Is the table turning calls away?", [watched.table_throttles()], unit="calls"),
        ),
    ]
