"""Whether ten tenants get the same although one of them has ten thousand jobs waiting.

python -m benchmarks.fairness
"""

from benchmarks._report import machine, merge_results, table, write_section
from benchmarks.scheduling.crowd import HEAVY_JOBS, LIGHT_JOBS, Crowd, Shares

SEED, SLOTS = 1, 20
EQUAL = {f"light{number}": 1 for number in range(9)}
PLANS = {f"light{number}": 1 + number % 3 for number in range(9)}
TITLE = "Fairness between tenants"

INTRO = """`python -m benchmarks.fairness` · {heavy:,} jobs of one tenant, then nine others with {light} each, a \
minute apart; {slots} slots, simulated clock, seed {seed}; {machine}. Slot-seconds are counted while all ten wait. A \
round is one turn of everybody who waited when the tenant came. First in, first out would give an index of 0.10, and \
a first job after {fifo:.0f} hours."""


def main() -> None:
    """Measure, print and keep."""
    runs = {"same plan": Crowd(SEED, SLOTS, EQUAL).run(), "plans of weight 1, 2 and 3": Crowd(SEED, SLOTS, PLANS).run()}
    intro = INTRO.format(
        heavy=HEAVY_JOBS,
        light=LIGHT_JOBS,
        slots=SLOTS,
        seed=SEED,
        machine=machine(),
        fifo=HEAVY_JOBS * 138 / SLOTS / 3600,
    )
    columns = ("", "Jain's index of slot-seconds by weight", "worst first wait, rounds", "worst first wait, seconds")
    body = intro + "\n\n" + table(columns, [_row(name, one) for name, one in runs.items()])
    print(body)
    write_section(TITLE, body)
    merge_results("fairness_jain", round(runs["same plan"].jain, 4))
    merge_results("worst_first_wait_rounds", round(max(runs["same plan"].rounds.values()), 3))
    merge_results("fairness_jain_weighted", round(runs["plans of weight 1, 2 and 3"].jain, 4))


def _row(name: str, shares: Shares) -> tuple[object, ...]:
    worst = max(shares.first_seconds.values())
    return name, f"{shares.jain:.4f}", f"{max(shares.rounds.values()):.2f}", f"{worst:.0f}"


if __name__ == "__main__":
    main()
