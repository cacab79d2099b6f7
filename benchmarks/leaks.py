"""What it costs when one completion of two hundred loses its release.

python -m benchmarks.leaks
"""

from statistics import mean

from benchmarks._report import machine, merge_results, table, write_section
from benchmarks.scheduling.leaking import GIVE_UP_MS, LEAKING, LONG_LEASE_SECONDS, leaking
from benchmarks.scheduling.load import lower_bound_ms
from benchmarks.scheduling.makespans import JOBS, SEEDS, Case
from benchmarks.scheduling.runs import Figures, run
from tests.support.patience import WholePolicy, usual_policy

CASES = (Case(5), Case(20))
TITLE = "Leaks: slots whose release was lost"
OURS = usual_policy()

INTRO = f"""`python -m benchmarks.leaks` · {JOBS:,} jobs, {len(SEEDS)} seeds, {LEAKING:.1%} of completions change the \
job but forget its slot; {{machine}}. Makespan ÷ lower bound. A lease lapses only in the sweep's hands: it frees the \
slot when its job is over and renews it when the job lives."""


def main() -> None:
    """Measure, print and keep."""
    rows = [_row(case) for case in CASES]
    columns = ("", "no leaks", "leaks", f"ours, lease {OURS.slot_lease_seconds} s", "apart")
    body = (
        INTRO.format(machine=machine()) + "\n\n" + table((*columns, f"lease {LONG_LEASE_SECONDS} s", "no sweep"), rows)
    )
    print(body)
    write_section(TITLE, body)
    merge_results("leaks_apart", {str(row[0]): float(str(row[4])) for row in rows})


def _row(case: Case) -> tuple[object, ...]:
    loads = case.loads()
    whole = [run(load, case.setting(seed)) for seed, load in zip(SEEDS, loads, strict=True)]
    ours, lost = _leaky(case, OURS)
    longer, _ = _leaky(case, usual_policy(slot_lease_seconds=LONG_LEASE_SECONDS))
    none, _ = _leaky(case, OURS, sweeping=False)
    before, after = _ratio(case, whole), _ratio(case, ours)
    return (
        case.name,
        f"{before:.4f}",
        lost,
        f"{after:.4f}",
        f"{after - before:+.4f}",
        f"{_ratio(case, longer):.4f}",
        f"{mean(one.finished for one in none) / JOBS:.0%} finished in {GIVE_UP_MS // 86_400_000} days",
    )


def _leaky(case: Case, policy: WholePolicy, *, sweeping: bool = True) -> tuple[list[Figures], int]:
    runs = [leaking(case, seed, number, policy, sweeping=sweeping) for number, seed in enumerate(SEEDS)]
    return [figures for figures, _ in runs], sum(lost for _, lost in runs)


def _ratio(case: Case, runs: list[Figures]) -> float:
    return mean(one.makespan_ms / lower_bound_ms(load) for load, one in zip(case.loads(), runs, strict=True))


if __name__ == "__main__":
    main()
