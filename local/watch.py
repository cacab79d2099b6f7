"""A job watched until its end, with a live line on terminals and one line for each change elsewhere."""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

TERMINAL = frozenset({"succeeded", "failed", "canceled", "expired"})
LOOK_EVERY_SECONDS = 0.5
Seen = TypeVar("Seen")


class TookTooLong(RuntimeError):
    """The job did not end in time."""


class StatusLine:
    """Shows the state, the seconds since the start and the expected finish."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._began, self._shown = now, now(), ""

    def show(self, job: dict[str, Any]) -> None:
        """Show how the job stands now."""
        seconds = self._now() - self._began
        if sys.stdout.isatty():
            print(f"\r  {job['status']:<12}{seconds:6.1f} s{expectation(job)}\033[K", end="", flush=True)
        elif job["status"] != self._shown:
            print(f"  {job['status']:<12}{seconds:6.1f} s{expectation(job)}", flush=True)
        self._shown = job["status"]

    def close(self) -> None:
        """Leave the line."""
        if sys.stdout.isatty():
            print()


def expectation(job: dict[str, Any]) -> str:
    """When the job is expected to finish, "" once it has."""
    if job["status"] in TERMINAL or not job.get("expected_at"):
        return ""
    left = (datetime.fromisoformat(job["expected_at"]) - datetime.now(UTC)).total_seconds()
    return f"  expected in {left:.0f} s" if left > 0 else "  expected any moment"


def until(look: Callable[[], Seen], good: Callable[[Seen], bool], seconds: float) -> Seen:
    """Look again and again until what is seen is good. Raises TookTooLong."""
    deadline = time.monotonic() + seconds
    while not good(seen := look()):
        if time.monotonic() > deadline:
            raise TookTooLong(f"not so after {seconds:.0f} s")
        time.sleep(LOOK_EVERY_SECONDS)
    return seen


def until_terminal(
    look: Callable[[], dict[str, Any]], show: Callable[[dict[str, Any]], None], seconds: float
) -> dict[str, Any]:
    """Look at the job until it is over. Raises TookTooLong."""
    deadline = time.monotonic() + seconds
    while (job := look())["status"] not in TERMINAL:
        show(job)
        if time.monotonic() > deadline:
            raise TookTooLong(f"the job is still {job['status']} after {seconds:.0f} s")
        time.sleep(LOOK_EVERY_SECONDS)
    show(job)
    return job
