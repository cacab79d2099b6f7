"""`python -m tests.chaos`: everything is deployed on this machine, and then everything goes wrong."""

import argparse
import os
import shutil
import sys
import time

from local import aws
from local.demo import Steps
from local.deployment import Deployment, Plan, boot
from local.places import RunFolder
from local.processes import Processes, leave_on_sigterm
from tests.chaos import run
from tests.chaos.audit import differences
from tests.chaos.faults import DOOMS, RULES
from tests.chaos.killer import Killer
from tests.chaos.kling import Witness
from tests.chaos.telling import sum_up, tell, too_calm, why_it_takes_long
from tests.chaos.workers import Workers

TIME_SCALE = 30.0


def main() -> int:
    """Run it; 1 when anything does not agree."""
    asked = _asked()
    leave_on_sigterm()
    folder, say, began = RunFolder.named(f"chaos-{os.getpid()}"), Steps(), time.monotonic()
    processes = Processes(folder)
    try:
        options = ("--seed", str(asked.seed))
        deployment = boot(Plan(folder, time_scale=TIME_SCALE, simulator_options=options), processes, say)
        problems = storm(deployment, processes, asked, say)
    finally:
        processes.end()
        if not asked.keep:
            shutil.rmtree(folder.path)
    tell(f"Seed {asked.seed}, {time.monotonic() - began:.0f} s.\n{why_it_takes_long()}")
    tell("\n".join(f"DIFFERENCE {one}" for one in problems) or "Everything agrees exactly.")
    return 1 if problems else 0


def storm(deployment: Deployment, processes: Processes, asked: argparse.Namespace, say: Steps) -> list[str]:
    """Order, kill, wait, compare; what does not agree."""
    witness, customers = Witness(deployment.kling), run.customers_of(deployment)
    witness.misbehave(RULES)
    killer = Killer(workers_of(deployment, processes), DOOMS, asked.seed)
    killer.start()
    say(f"{asked.jobs} orders of {len(customers)} tenants in {run.ORDERING_SECONDS:.0f} s")
    try:
        promised = run.place(run.orders(customers, asked.jobs, asked.seed))
        say(f"All {len(promised)} orders are accepted; waiting for their ends")
        run.until_over(customers, len(promised), asked.seconds, say)
    except run.NotOver as late:
        say(f"NOT OVER {late}")
    finally:
        killer.stop()
    say("Comparing the books")
    seen = run.see(deployment, customers, witness, promised)
    sum_up(seen, killer.killed, witness, sum(one.repeated for one in customers))
    return [*differences(seen), *too_calm(killer.killed), *too_calm(witness.used())]


def workers_of(deployment: Deployment, processes: Processes) -> Workers:
    """The function processes; a function's description ends in its short name."""
    (parent,) = (one.pid for one in processes.recorded() if one.name == "ministack")
    functions = aws.client(deployment.stack, "lambda").list_functions(MaxItems=50)["Functions"]
    named = {one["FunctionName"]: one.get("Description", "").rpartition(": ")[2] for one in functions}
    return Workers(parent, {name: short for name, short in named.items() if short in DOOMS})


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.chaos", description=__doc__)
    parser.add_argument("--jobs", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1, help="of the moments of orders and kills, and of Kling's times")
    parser.add_argument("--seconds", type=float, default=420, help="the longest wait after the last order was accepted")
    parser.add_argument("--keep", action="store_true", help="keep the run's folder with its logs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
