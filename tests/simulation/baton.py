"""Calls that run one at a time: whoever holds the baton runs, everybody else waits.

Use cases are plain functions, so a call of one can only be stopped in its middle on a stack of its own, which a
greenlet is. There is no concurrency in it: a call runs only between being handed the baton and giving it back.
"""

from collections.abc import Callable

from greenlet import getcurrent, greenlet


class Crash(BaseException):
    """The process is gone. Nothing that the code under test catches."""


Done = Callable[[object, BaseException | None], None]
"""(result, error): how a call ended."""


class Call:
    """One call of a function that may be paused and killed; `done(result, error)` is told its end."""

    def __init__(self, name: str, function: Callable[[], object], done: Done) -> None:
        self.name = name
        self.over = False
        self.killed = False
        self._function, self._done = function, done
        self._result: object = None
        self._error: BaseException | None = None
        self._stack = greenlet(self._work)

    def go_on(self) -> None:
        """Start it, or let it go on after a pause; control comes back at its next pause or its end."""
        self._stack.parent = getcurrent()
        self._stack.switch()
        if self.over:
            self._done(self._result, self._error)

    def pause(self) -> None:
        """From inside the call: give the baton back and wait for it. Raises Crash when it was killed meanwhile."""
        assert self._stack.parent is not None
        self._stack.parent.switch()
        if self.killed:
            raise Crash

    def _work(self) -> None:
        try:
            self._result = self._function()
        except BaseException as error:  # noqa: BLE001 - the world decides what each end means
            self._error = error
        self.over = True
