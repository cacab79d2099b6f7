"""Kling's books."""

from collections.abc import Iterator
from typing import Protocol

from reelwright.use_cases.ops.kling_books import Deduction, Pack


class Billing(Protocol):
    """Kling's books of one account. Raises the leaves of `domain.provider_errors`."""

    def packs(self, start_ms: int, end_ms: int) -> tuple[Pack, ...]:
        """The resource packs that were valid in the time."""
        ...

    def deductions(self, start_ms: int, end_ms: int) -> Iterator[Deduction]:
        """The ledger's rows of the time, oldest first."""
        ...
