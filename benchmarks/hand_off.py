"""From a task's end to the next create, on everything deployed to this machine; and no 1303 on the way.

python -m benchmarks.hand_off
"""

from statistics import median, quantiles

from benchmarks._embedded import embedded
from benchmarks._report import machine, merge_results, table, write_section
from benchmarks.scheduling.drain import TENANTS, Drained, drain

SLOTS = 10
CALM, BUSY = (100, 5.0), (200, 15.0)
"""(jobs, how many times faster than Kling): a task ends every three seconds, or every second."""

TITLE = "Hand-off: from a task's end to the next create"
BODY = """`python -m benchmarks.hand_off` · jobs of {tenants} tenants at {slots} slots on the embedded deployment \
(real functions, queue, state machine and table, all sharing this machine); {machine}. From a task's end at Kling to \
the next create that Kling accepts.

{rows}

The faster Kling's time, the more function processes share the machine's cores at the same moment."""
HEAD = ["jobs", "Kling's time", "median", "p99", "creates refused", "most unfinished at once", "all done after"]


def main() -> None:
    """Measure, print and keep. Raises AssertionError when Kling refused a create."""
    calm, busy = measured(*CALM), measured(*BUSY)
    tell(calm, busy)
    if any(one.refused or one.peak > SLOTS for one in (calm, busy)):
        raise AssertionError("Kling refused a create")


def measured(jobs: int, scale: float) -> Drained:
    """Drain so many jobs on a deployment of their own."""
    with embedded("hand-off", scale) as deployment:
        return drain(deployment, jobs, SLOTS)


def tell(calm: Drained, busy: Drained) -> None:
    """Print and keep."""
    rows = table(HEAD, [row(CALM, calm), row(BUSY, busy)])
    body = BODY.format(tenants=len(TENANTS), slots=SLOTS, machine=machine(), rows=rows)
    print(body)
    write_section(TITLE, body)
    found = {"median": ends(calm)[0], "p99": ends(calm)[1], "busy_median": ends(busy)[0], "busy_p99": ends(busy)[1]}
    merge_results("hand_off_seconds", found)
    merge_results("drain", {"jobs": busy.accepted, "refused": busy.refused, "peak": busy.peak})


def row(plan: tuple[int, float], one: Drained) -> list[object]:
    """A line of the table."""
    middle, late = ends(one)
    return [
        plan[0],
        f"{plan[1]:.0f} × faster",
        f"{middle} s",
        f"{late} s",
        one.refused,
        one.peak,
        f"{one.seconds:.0f} s",
    ]


def ends(one: Drained) -> tuple[float, float]:
    """Median and p99 in seconds."""
    return round(median(one.hand_offs), 2), round(quantiles(one.hand_offs, n=100)[98], 2)


if __name__ == "__main__":
    main()
