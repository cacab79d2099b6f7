"""Everything that functions print, as one log group would hold it, at virtual times."""

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from unittest.mock import patch

from infra.stages import PROD
from local.figures.series import Series
from reelwright.observability import Lines, lines, logger

GENUINE_FLUSH = Lines.flush_metrics
STAND_INS = ("moto", "py_partiql_parser", "asyncio", "responses")
"""What stands for AWS in tests talks too, but not into the logs of functions."""


class Tape(io.StringIO):
    """Keeps what is printed."""

    @property
    def lines(self) -> list[str]:
        """Line by line."""
        return self.getvalue().splitlines()

    @property
    def series(self) -> Series:
        """The metrics among them."""
        told = Series()
        told.read(self.lines)
        return told


@contextmanager
def recording(now_ms: Callable[[], int], level: int = logging.INFO) -> Iterator[Tape]:
    """Record metrics, our own log and everybody else's at a level."""
    tape, root = Tape(), logging.getLogger()
    everybody, before = logging.StreamHandler(tape), (root.level, logger.log_level)
    ours = logger.registered_handler
    assert isinstance(ours, logging.StreamHandler)
    root.addHandler(everybody)
    everybody.addFilter(lambda record: not record.name.startswith((*STAND_INS, logger.name)))
    root.setLevel(level)
    logger.setLevel(level)
    stream = ours.stream
    ours.stream = tape
    try:
        with (
            redirect_stdout(tape),
            patch.object(Lines, "flush_metrics", _at(now_ms)),
            patch.object(lines, "service", PROD.service),
        ):
            yield tape
    finally:
        ours.stream = stream
        root.removeHandler(everybody)
        root.setLevel(before[0])
        logger.setLevel(before[1])


def _at(now_ms: Callable[[], int]) -> Callable[..., None]:
    """Flush as ever, at the virtual time."""

    def flush(told: Lines, raise_on_empty_metrics: bool = False) -> None:  # noqa: FBT001, FBT002 - Powertools' own
        for line in (told, *told._aside.values()):  # noqa: SLF001 - there is no other way to set their time
            line.timestamp = now_ms()
        GENUINE_FLUSH(told, raise_on_empty_metrics)

    return flush
