"""A process of its own for whatever forks: it knows the harness and nothing else, and has no threads."""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from tests.crash.rig import Rig, rig

Given = ParamSpec("Given")
Result = TypeVar("Result")

_OPEN: Final = ExitStack()
_RIGS: Final[list[Rig]] = []


class Explorer:
    """Runs functions over there, one after the other, on one rig."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def call(
        self, function: Callable[Concatenate[Rig, Given], Result], *given: Given.args, **more: Given.kwargs
    ) -> Result:
        """What a function gives for that rig; raises what it raises. The function is found by its module and name."""
        found: Result = self._pool.submit(_call, function, *given, **more).result()
        return found


@contextmanager
def explorer() -> Iterator[Explorer]:
    """Start the process, and end it."""
    with ProcessPoolExecutor(1, get_context("spawn"), _begin) as pool:
        yield Explorer(pool)


def _begin() -> None:
    """What is there already need not be looked through by the collector, nor copied for it."""
    _RIGS.append(_OPEN.enter_context(rig()))
    gc.collect()
    gc.freeze()


def _call(function: Callable[..., Any], *given: Any, **more: Any) -> Any:
    return function(_RIGS[0], *given, **more)
