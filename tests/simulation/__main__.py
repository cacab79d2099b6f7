"""`python -m tests.simulation --seed 7 --trace`: one seed again; `--seeds 10000`: many, in two processes."""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from multiprocessing import Pool
from time import monotonic

from tests.simulation.run import Report, simulate


def main() -> int:
    """Print what the seeds came to; 1 when one of them broke an invariant."""
    asked = _asked()
    if asked.seed is not None:
        return _one(asked.seed, trace=asked.trace)
    return _many(asked.first, asked.seeds, asked.processes)


def _asked() -> Namespace:
    parser = ArgumentParser(prog="tests.simulation", description=__doc__)
    parser.add_argument("--seed", type=int, help="run this one seed")
    parser.add_argument("--trace", action="store_true", help="print everything that happened in it")
    parser.add_argument("--seeds", type=int, default=500, help="how many to run")
    parser.add_argument("--first", type=int, default=0, help="where to begin")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def _one(seed: int, *, trace: bool) -> int:
    report = simulate(seed)
    if trace:
        for at_ms, who, what, outcome in report.trace:
            _say(f"{at_ms / 1000:12.3f} {who:16} {what} {outcome}".rstrip())
    _say(f"seed {seed}: {report.events} events, {report.virtual_seconds} s, {report.jobs} jobs {report.outcomes}")
    _say(f"history {report.digest}")
    return _told([report])


def _many(first: int, seeds: int, processes: int) -> int:
    began, reports = monotonic(), list[Report]()
    with Pool(processes) as pool:
        for report in pool.imap_unordered(_summary, range(first, first + seeds), chunksize=10):
            reports.append(report)
    outcomes = Counter(outcome for report in reports for outcome in report.outcomes)
    events, hours = sum(one.events for one in reports), sum(one.virtual_seconds for one in reports) // 3600
    broken = sum(bool(one.violations) for one in reports)
    _say(f"{seeds} seeds, {events} events, {hours} virtual hours in {monotonic() - began:.0f} s")
    _say(f"{broken} broke an invariant")
    _say(", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()))
    return _told(sorted(reports, key=lambda one: one.seed))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _summary(seed: int) -> Report:
    return simulate(seed).without_trace()


def _told(reports: list[Report]) -> int:
    broken = [report for report in reports if report.violations]
    for report in broken[:20]:
        _say(f"seed {report.seed}: {report.violations[0]}")
        _say(f"    again with: python -m tests.simulation --seed {report.seed} --trace")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
