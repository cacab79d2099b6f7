"""`python -m benchmarks.observability`: what logs, metrics, alarms and dashboards cost, and log bytes a job."""

import os
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

os.environ |= {"AWS_DEFAULT_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}

from benchmarks._report import merge_results, table, write_section  # isort: skip - boto3 reads the environment
from benchmarks.cost.prices import PRICES
from infra.http_api import LOGGED
from local.stage import Stage
from tests.crash.rig import rig
from tests.infra.observability.faults import STORIES
from tests.infra.observability.stories import Told, tell
from tests.infra.observability.telling import tell_of
from tests.infra.synthesis import ROOT, synthesize

JOBS: Final = 18
REQUESTS: Final = 5
"""Lines of the access log a job: submit, callback, three looks of a client."""

EVENT_BYTES: Final = 26
"""What CloudWatch Logs adds to every event before it bills it."""

SERIES_USD, ALARM_USD, COMPOSITE_USD, BOARD_USD = Decimal("0.30"), Decimal("0.10"), Decimal("0.50"), Decimal(3)
"""A month, us-east-1, first tier, without the free tier (AWS price pages as of November 2026)."""

MINUTES_A_MONTH: Final = 43_800
JOBS_A_MONTH: Final = 10_000


def main() -> None:
    """Run, count, price, print and keep."""
    with rig() as seams:
        told, telling = tell(seams, STORIES["healthy"]), tell_of("told well")
    with TemporaryDirectory() as folder:
        stage = synthesize("prod", _packages(Path(folder)), Path(folder) / "out")
    _keep(_figures(told, telling, stage))


def _figures(told: Told, telling: Told, stage: Stage) -> dict[str, float]:
    ends = sum(
        value for key, values in telling.series.values.items() if key[1] == "EventsPublished" for _, value in values
    )
    a_job = _a_job(told) + size(filter(_of_an_end, telling.lines)) / ends
    idle = _a_month(told, (line for line in told.lines if not _of_a_job(line)))
    idle += _a_month(telling, (line for line in telling.lines if not _of_an_end(line)))
    series = len(told.series.values.keys() | telling.series.values.keys())
    standing = {
        "series_usd_a_month": float(series * SERIES_USD),
        "alarms_usd_a_month": float(_alarms(stage)),
        "dashboards_usd_a_month": float(len(stage.resources("AWS::CloudWatch::Dashboard")) * BOARD_USD),
        "idle_log_usd_a_month_and_lane": _usd(idle),
    }
    logs = _usd(a_job * 1000)
    return {
        "log_bytes_a_job": round(a_job),
        "log_usd_per_1000_jobs": logs,
        "idle_log_bytes_a_month_and_lane": round(idle),
        "series": series,
        **standing,
        f"usd_per_1000_jobs_at_{JOBS_A_MONTH}_a_month": round(logs + sum(standing.values()) * 1000 / JOBS_A_MONTH, 3),
    }


def _a_job(told: Told) -> float:
    """Bytes of a job's lines, and of those of its requests in the access log."""
    return size(filter(_of_a_job, told.lines)) / JOBS + REQUESTS * (_access_line() + EVENT_BYTES)


def _a_month(told: Told, lines: Iterable[str]) -> float:
    return size(lines) * MINUTES_A_MONTH * 60_000 / (told.ended_ms - told.began_ms)


def _of_a_job(line: str) -> bool:
    return '"job_id"' in line


def _of_an_end(line: str) -> bool:
    """Not the look at the outbox that each minute tells of."""
    return '"OutboxAgeSeconds"' not in line or '"EventsPublished"' in line


def size(lines: Iterable[str]) -> int:
    """Bytes as CloudWatch Logs bills them."""
    return sum(len(line.encode()) + EVENT_BYTES for line in lines)


def _access_line() -> int:
    """A line of the access log with values of usual length in place of the variables."""
    return sum(len(name) + 6 + 16 for name in LOGGED)


def _usd(size: float) -> float:
    return round(float(Decimal(str(size)) / 1_000_000_000 * PRICES["log_gb"]), 6)


def _alarms(stage: Stage) -> Decimal:
    """Each metric that an alarm looks at is billed as an alarm."""
    alarms: list[dict[str, Any]] = [one["Properties"] for one in stage.resources("AWS::CloudWatch::Alarm").values()]
    looked_at = sum(sum("MetricStat" in query for query in one.get("Metrics", ())) or 1 for one in alarms)
    return looked_at * ALARM_USD + len(stage.resources("AWS::CloudWatch::CompositeAlarm")) * COMPOSITE_USD


def _packages(folder: Path) -> Path:
    """Packages with nothing in them: templates do not depend on what is inside."""
    functions = [path.name for path in (ROOT / "functions").iterdir() if path.is_dir()]
    layers = ("dependencies", "reelwright", "media", "signing")
    for path in (
        *(f"functions/{one}/handler.py" for one in functions),
        *(f"layers/{one}/python/m.py" for one in layers),
    ):
        place = folder / "build" / "lambda" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    return folder / "build"


def _keep(figures: dict[str, float]) -> None:
    rows = [(name.replace("_", " "), f"{value:,}") for name, value in figures.items()]
    notes = (
        f"`python -m benchmarks.observability`. {JOBS} jobs in 75 minutes through the real handlers, one lane, at INFO "
        "as in prod; every line that was printed, and the access log's; the end of each is told on the bus and to one "
        "webhook endpoint. Series: those of this run; each further model, "
        "lane, reason or kind of repair adds one for each metric that has it as dimension. Without the free tier."
    )
    body = table(["figure", "value"], rows)
    print(body, notes, sep="\n\n")
    write_section("Observability", f"{notes}\n\n{body}")
    merge_results("observability", figures)


if __name__ == "__main__":
    main()
