"""The states of a job and who may move it between them, as data."""

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Where a job is. The last four are terminal and never change."""

    QUEUED = "queued"
    SUBMITTING = "submitting"
    GENERATING = "generating"
    FINALIZING = "finalizing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"
    EXPIRED = "expired"

    @property
    def terminal(self) -> bool:
        """True when nothing may happen to the job any more."""
        return self in TERMINAL


TERMINAL: Final = frozenset({Status.SUCCEEDED, Status.FAILED, Status.CANCELED, Status.EXPIRED})

TRANSITIONS: Final[dict[tuple[Status, Status], frozenset[str]]] = {
    (Status.QUEUED, Status.SUBMITTING): frozenset({"dispatch"}),
    (Status.QUEUED, Status.CANCELED): frozenset({"cancel"}),
    (Status.QUEUED, Status.EXPIRED): frozenset({"dispatch", "sweep"}),
    (Status.SUBMITTING, Status.QUEUED): frozenset({"dispatch"}),
    (Status.SUBMITTING, Status.GENERATING): frozenset({"dispatch"}),
    (Status.SUBMITTING, Status.FAILED): frozenset({"dispatch"}),
    (Status.GENERATING, Status.QUEUED): frozenset({"finalize"}),
    (Status.GENERATING, Status.FINALIZING): frozenset({"finalize"}),
    (Status.GENERATING, Status.FAILED): frozenset({"finalize", "poll"}),
    (Status.FINALIZING, Status.SUCCEEDED): frozenset({"finalize"}),
    (Status.FINALIZING, Status.FAILED): frozenset({"finalize"}),
}
"""(from, to) → the use cases that may make the move; a move that is not here never happens."""


class IllegalTransition(Exception):
    """A use case asked for a move that `TRANSITIONS` does not know."""


def check(before: Status, after: Status, who: str) -> None:
    """Raise `IllegalTransition` unless `who` may move a job from `before` to `after`."""
    if who not in TRANSITIONS.get((before, after), frozenset()):
        raise IllegalTransition(f"{who}: {before} -> {after}")
