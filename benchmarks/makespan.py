"""How much of the paid time the scheduler uses: 1,000 jobs at four sizes, with and without a request limit.

python -m benchmarks.makespan
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from benchmarks._report import machine, merge_results, table, write_section
from benchmarks.scheduling.company import Beside, beside
from benchmarks.scheduling.honesty import Honesty, honest
from benchmarks.scheduling.latencies import Latencies
from benchmarks.scheduling.makespans import JOBS, SEEDS, Case, Measured, Usual, measure

CASES = [Case(slots, limit) for slots in (5, 10, 20, 50) for limit in (0, 60)]
TITLE = "Makespan: every paid slot busy"

INTRO = """`python -m benchmarks.makespan` · {jobs:,} jobs, durations lognormal (nine of ten between 90 and 200 s), \
all there at the start, {seeds} seeds, means; {machine}.

The real use cases on a simulated clock over a table in memory with the table's conditions. Medians: {latencies}.

Makespan ÷ lower bound (the larger of work ÷ slots and what the limit allows). *Online best* is list scheduling with \
no latency at all, paced like the lane where there is a limit: nobody who does not know durations in advance does \
better. *Lengths known*: half of the clips are 10 s long and tend to take longer; a tenant's long clips go first.\
"""

COMPANY = """The same at the account's full limit while somebody else comes about once an hour for half an hour and \
takes up to a third of the slots, six seeds of 1,000 jobs together:"""

USUAL = (
    """What people use instead, on the same loads and the same account (share of jobs finished where it is not all):"""
)

HONESTY = """`expected_at`: four tenants, 10 slots, eight hours of single jobs and batches of 40. A job's row says it \
anew at the moments below:"""


def main() -> None:
    """Measure, print and keep."""
    measured = [measure(case) for case in CASES]
    company = [beside(case) for case in CASES if not case.limit]
    promises = honest(SEEDS[0])
    intro = INTRO.format(jobs=JOBS, seeds=len(SEEDS), machine=machine(), latencies=Latencies().told())
    parts = [intro, _ours(measured), COMPANY, _company(company), USUAL, _usual(measured), HONESTY, _honesty(promises)]
    body = "\n\n".join(parts)
    print(body)
    write_section(TITLE, body)
    _keep(measured, company, promises)


def _ours(measured: Sequence[Measured]) -> str:
    columns = (
        "",
        "ours",
        "online best",
        "apart",
        "lengths known",
        "1303",
        "1302",
        "table calls a job",
        "failed writes",
    )
    rows = (
        (
            one.case.name,
            f"{one.ratio:.4f}",
            f"{one.online:.4f}",
            f"{one.ratio - one.online:+.4f}",
            f"{one.lengths_known:.4f}",
            one.worst_over_capacity,
            one.worst_rate_limited,
            f"{one.table_calls:.1f}",
            f"{one.failed_writes:.1%}",
        )
        for one in measured
    )
    return table(columns, rows)


def _usual(measured: Sequence[Measured]) -> str:
    names = list(measured[0].usual)
    rows = ((one.case.name, *(_told(one.usual[name]) for name in names)) for one in measured)
    return table(("", *names), rows)


def _told(usual: Usual) -> str:
    ratio = f"{usual.ratio:.3f}" if usual.finished == 1 else f"{usual.finished:.0%} finished"
    return ratio + (f", {usual.wasted:.1f} wasted calls a job" if usual.wasted else "")


def _company(company: Sequence[Beside]) -> str:
    rows = (
        (one.case.name, one.visits, one.calls, one.wasted, f"{one.wasted / one.calls:.2%}", f"{one.worst:.2%}")
        for one in company
    )
    return table(("", "visits", "creates sent", "1303", "share", "worst seed"), rows)


def _honesty(promises: Mapping[str, Honesty]) -> str:
    columns = ("", "jobs", "finished by then", "median error", "of the time until the end")
    rows = (
        (name, one.jobs, f"{one.kept:.0%}", f"{one.median_error_seconds:.0f} s", f"{one.median_relative_error:.0%}")
        for name, one in promises.items()
    )
    return table(columns, rows)


def _keep(measured: Sequence[Measured], company: Sequence[Beside], promises: Mapping[str, Honesty]) -> None:
    merge_results("makespan_ratio", {one.case.name: round(one.ratio, 4) for one in measured})
    merge_results("online_bound", {one.case.name: round(one.online, 4) for one in measured})
    merge_results("makespan", [asdict(one) for one in measured])
    merge_results("wasted_calls_share", {one.case.name: round(one.wasted / one.calls, 5) for one in company})
    merge_results("table_calls_per_job", {one.case.name: round(one.table_calls, 1) for one in measured})
    merge_results("expected_at", {name: asdict(one) for name, one in promises.items()})


if __name__ == "__main__":
    main()
