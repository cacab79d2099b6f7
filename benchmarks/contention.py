"""Fifty dispatchers on one lane: nobody may lease a slot too many.

python -m benchmarks.contention
"""

from dataclasses import asdict

from benchmarks._report import machine, merge_results, table, write_section
from benchmarks.scheduling.rush import Rush, rush

SEED, DISPATCHERS, JOBS = 1, 50, 60
SIZES = (5, 20)
TITLE = "Contention: fifty dispatchers on one lane"

INTRO = """`python -m benchmarks.contention` · {jobs} jobs of four tenants wait, {dispatchers} dispatchers are woken \
within 20 ms, tasks take an hour; the real adapter on moto, simulated clock, seed {seed}; {machine}. A row that is \
part of a running transaction refuses other writes, as DynamoDB does; those are tried again after uneven pauses."""


def main() -> None:
    """Measure, print and keep. Raises AssertionError when a slot too many was leased."""
    runs = [rush(SEED, slots, DISPATCHERS, JOBS) for slots in SIZES]
    intro = INTRO.format(jobs=JOBS, dispatchers=DISPATCHERS, seed=SEED, machine=machine())
    columns = (
        "slots",
        "most leased",
        "most at Kling",
        "1303",
        "writes",
        "conditions failed",
        "conflicts",
        "full after",
    )
    body = intro + "\n\n" + table(columns, [_row(one) for one in runs])
    print(body)
    write_section(TITLE, body)
    merge_results("contention", [asdict(one) | {"failed_share": round(_share(one), 4)} for one in runs])
    if any(one.most_leased > one.slots or one.most_unfinished > one.slots for one in runs):
        raise AssertionError("a slot too many was leased")


def _share(one: Rush) -> float:
    return (one.conditions_failed + one.conflicts) / one.writes


def _row(one: Rush) -> tuple[object, ...]:
    failed = f"{one.conditions_failed / one.writes:.0%}"
    conflicts = f"{one.conflicts / one.writes:.0%}"
    full = f"{one.full_after_ms / 1000:.1f} s"
    return one.slots, one.most_leased, one.most_unfinished, one.over_capacity, one.writes, failed, conflicts, full


if __name__ == "__main__":
    main()
