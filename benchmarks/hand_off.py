"""From a task's end to the next create, on everything deployed to this machine; and no 1303 on the way.

python -m benchmarks.hand_off
"""

from statistics import median, quantiles

from benchmarks._report import machine, merge_results, write_section
from benchmarks.scheduling.drain import TENANTS, Drained, drain
from local.deployment import Plan, boot
from local.places import RunFolder
from local.processes import Processes

JOBS, SLOTS, TIME_SCALE = 200, 10, 15.0
TITLE = "Hand-off: from a task's end to the next create"

BODY = """`python -m benchmarks.hand_off` · {jobs} jobs of {tenants} tenants at {slots} slots on the embedded \
deployment (real functions, queue, state machine and table, all sharing this machine), Kling's time {scale:.0f} \
times faster; {machine}.

From a task's end at Kling to the next create that Kling accepts: median {median:.2f} s, p99 {p99:.2f} s. All {jobs} \
jobs succeeded in {seconds:.0f} s; {refused} creates were refused, at most {peak} tasks were unfinished at once."""


def main() -> None:
    """Measure, print and keep. Raises AssertionError when Kling refused a create."""
    processes = Processes(RunFolder.named("hand-off"))
    processes.end()
    try:
        drained = drain(boot(Plan(processes.folder, time_scale=TIME_SCALE), processes, print), JOBS, SLOTS)
    finally:
        processes.end()
    tell(drained)
    if drained.refused or drained.peak > SLOTS:
        raise AssertionError("Kling refused a create")


def tell(drained: Drained) -> None:
    """Print and keep."""
    middle, p99 = median(drained.hand_offs), quantiles(drained.hand_offs, n=100)[98]
    body = BODY.format(
        jobs=JOBS,
        tenants=len(TENANTS),
        slots=SLOTS,
        scale=TIME_SCALE,
        machine=machine(),
        median=middle,
        p99=p99,
        seconds=drained.seconds,
        refused=drained.refused,
        peak=drained.peak,
    )
    print(body)
    write_section(TITLE, body)
    merge_results("hand_off_seconds", {"median": round(middle, 3), "p99": round(p99, 3)})
    merge_results("drain", {"jobs": drained.accepted, "refused": drained.refused, "peak": drained.peak})


if __name__ == "__main__":
    main()
