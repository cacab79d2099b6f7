"""`python -m local.drills`: run drills on one deployment, and keep what was seen in the runbooks with `--write`."""

import argparse
import re
import shutil
import sys
import time
from datetime import UTC, datetime
from typing import Final

from local.demo import Steps
from local.deployment import Deployment, Plan, boot
from local.drills.drills import DRILLS, Drill
from local.drills.not_seen import NotSeen
from local.drills.seen import SEEN
from local.drills.world import World
from local.figures.ringing import alarms
from local.figures.samples import Sampler, Samples, Watched
from local.ops import point_at
from local.places import CHECKOUT, RunFolder
from local.processes import Processes, leave_on_sigterm

RUNBOOKS: Final = CHECKOUT / "docs" / "runbooks"
MARK: Final = "**Followed** "
TIME_SCALE: Final = 20.0


def main() -> int:
    """Run the drills; 0 when all went as the runbooks say."""
    parser = argparse.ArgumentParser(prog="python -m local.drills", description=__doc__)
    parser.add_argument("names", nargs="*", help="runbooks (default: all that can be drilled)")
    parser.add_argument("--write", action="store_true", help="keep what was seen in the runbooks")
    given = parser.parse_args()
    wanted = [one for one in DRILLS if not given.names or one.runbook in given.names]
    folder, say = RunFolder.named("drills"), Steps()
    leave_on_sigterm()
    processes = Processes(folder)
    processes.end()
    try:
        deployment = boot(Plan(folder, time_scale=TIME_SCALE), processes, lambda _: None)
        good = _all(folder, deployment, wanted, say)
    finally:
        processes.end()
    if given.write:
        for runbook in {one.runbook for one in good} - {one.runbook for one in wanted if one not in good}:
            keep(runbook)
    say(f"{len(good)} of {len(wanted)} drills were followed to their end")
    if len(good) == len(wanted):
        shutil.rmtree(folder.path)
    return int(len(good) != len(wanted))


def _all(folder: RunFolder, deployment: Deployment, drills: list[Drill], say: Steps) -> list[Drill]:
    point_at(folder)
    samples, desk = Samples(), deployment.desk
    api = Watched(deployment.base_url, desk.api_key(desk.tenant("drills")), samples)
    world = World(deployment, alarms(folder, deployment), samples, api)
    with Sampler(deployment, samples):
        world.ends(world.order())
        return [drill for drill in drills if _followed(world, drill, say)]


def _followed(world: World, drill: Drill, say: Steps) -> bool:
    """Inject, see the alarm's condition, mend, see that it is over."""
    world.began_ms = time.time_ns() // 1_000_000
    try:
        steps = drill.fault(world)
        next(steps)
        world.rings(drill.alarm, drill.seconds)
        next(steps, None)
    except NotSeen as failed:
        say(f"{drill.runbook}: {failed}")
        world.kling.is_well()
        return False
    say(f"{drill.runbook}: {drill.alarm}'s condition held, and it was mended")
    return True


def keep(runbook: str) -> None:
    """Write what was seen, with its date, at the end of the runbook."""
    path = RUNBOOKS / f"{runbook}.md"
    kept = re.sub(rf"\n+{re.escape(MARK)}.*\Z", "", path.read_text().rstrip(), flags=re.DOTALL)
    day = datetime.now(UTC).date().isoformat()
    line = f"{MARK}on {day} on the embedded deployment: {SEEN[runbook]}."
    path.write_text(f"{kept}\n\n{line}\n")


if __name__ == "__main__":
    sys.exit(main())
