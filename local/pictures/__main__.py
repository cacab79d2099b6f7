"""`python -m local.pictures`: run, collect, draw into docs/pictures."""

import argparse
import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any, Final

from local import aws
from local.demo import Steps
from local.deployment import Deployment, Plan, boot
from local.figures.bells import Bell
from local.figures.drawing import Run, dashboard
from local.figures.ringing import alarms
from local.figures.samples import Sampler, Samples
from local.figures.series import Series
from local.figures.told import told
from local.pictures.day import live
from local.places import CHECKOUT, RunFolder
from local.processes import Processes, leave_on_sigterm

PICTURES: Final = CHECKOUT / "docs" / "pictures"
BOARDS: Final = ("business", "pipeline", "provider")
MOMENTS: Final = 120
TIME_SCALE: Final = 5.0


def main() -> int:
    """Run and draw; 0 when all pictures are there."""
    parser = argparse.ArgumentParser(prog="python -m local.pictures", description=__doc__)
    parser.add_argument("--minutes", type=float, default=9)
    parser.add_argument("--out", type=Path, default=PICTURES)
    given = parser.parse_args()
    folder, say = RunFolder.named("pictures"), Steps()
    leave_on_sigterm()
    processes = Processes(folder)
    processes.end()
    try:
        deployment = boot(Plan(folder, time_scale=TIME_SCALE), processes, say)
        run = observed(folder, deployment, given.minutes * 60)
        draw(aws.client(deployment.stack, "cloudwatch"), run, given.out)
    finally:
        processes.end()
    shutil.rmtree(folder.path)
    say(f"Drawn: {given.out}")
    return 0


def observed(folder: RunFolder, deployment: Deployment, seconds: float) -> Run:
    """Let the customers live for a while and read what was told."""
    samples, began = Samples(), time.time_ns() // 1_000_000
    with Sampler(deployment, samples):
        live(deployment, samples, seconds)
    ended = time.time_ns() // 1_000_000
    series, step = told(deployment, samples), (ended - began) // MOMENTS
    found = alarms(folder, deployment).items()
    rang = {name: bell.rang(series, judged_from(bell, series, began, ended), ended) for name, bell in found}
    return Run(series, tuple(range(began, ended, step)), rang)


def judged_from(bell: Bell, series: Series, began: int, ended: int) -> int:
    """The run's begin; for an alarm on silence when all that it looks at lies behind the first heart beat."""
    if bell.properties["TreatMissingData"] != "breaching":
        return began
    beats = [at for source in bell.sources() for at, _ in series.values.get(source, ())]
    return min(beats, default=ended) + (int(bell.properties["EvaluationPeriods"]) + 1) * bell.period_ms


def draw(cloudwatch: Any, run: Run, out: Path) -> None:
    """Draw every dashboard by its deployed definition."""
    out.mkdir(parents=True, exist_ok=True)
    for name in BOARDS:
        title = f"reelwright-embedded-{name}"
        body = json.loads(cloudwatch.get_dashboard(DashboardName=title)["DashboardBody"])
        (out / f"{name}.svg").write_text(dashboard(title, body, run))


if __name__ == "__main__":
    sys.exit(main())
