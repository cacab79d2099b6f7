"""What the run prints."""

import sys
from collections.abc import Iterator, Mapping

from infra.stages import EMBEDDED
from reelwright.adapters.kling.transport import STALL_SECONDS
from tests.chaos.audit import Seen, figures
from tests.chaos.kling import Witness

WHY_IT_TAKES_LONG = """
A killed function tells nobody. What it held comes free when its lease lapses: a submission {submit} s after its claim,
when the sweep, which comes every minute, finds it; a copy after {finalize} s, when the machine tries again. Kling's
silence is waited for {stall:.0f} s a time. A callback that never comes is replaced by a look after {rung} s. So a run
takes the time of its last kill, a lease, a minute and a copy.
"""


def tell(text: str) -> None:
    """Print."""
    sys.stdout.write(f"{text}\n")


def sum_up(seen: Seen, killed: Mapping[str, int], witness: Witness, repeated: int) -> None:
    """Print what happened and what came of it."""
    turned_away = sum(call.get("http_status") == 429 for call in witness.state()["calls"])
    rows: list[tuple[str, object]] = [
        ("functions killed at work", f"{sum(killed.values())}: {_told(killed)}"),
        ("Kling misbehaved", _told(witness.used())),
        ("calls that Kling turned away (1302, 1303)", turned_away),
        ("requests that customers repeated", repeated),
        ("repairs by the sweep", _told(seen.books.repairs) or "none"),
        *figures(seen),
    ]
    tell("\n" + "\n".join(f"{name:<44}{value}" for name, value in rows))


def too_calm(counts: Mapping[str, int]) -> Iterator[str]:
    """Trouble that never came: agreement without it proves nothing."""
    return (f"no trouble: {name} never struck" for name, count in counts.items() if not count)


def why_it_takes_long() -> str:
    """The leases and waits of the stage, in words."""
    leases = EMBEDDED.pipeline
    return WHY_IT_TAKES_LONG.format(
        submit=leases.submit_lease_seconds,
        finalize=leases.finalize_lease_seconds,
        stall=STALL_SECONDS,
        rung=EMBEDDED.workflow.poll_ladder_seconds[0],
    )


def _told(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
