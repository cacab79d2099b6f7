"""Threads that run one at a time: whoever holds the baton runs, everybody else waits.

Use cases are plain functions, so a call of one can only be stopped in its middle on a stack of its own. There is no
concurrency in it: a thread runs only between being handed the baton and giving it back, and all of them are reused.
"""

import threading
from collections.abc import Callable


class Crash(BaseException):
    """The process is gone. Nothing that the code under test catches."""


Done = Callable[[object, BaseException | None], None]
"""(result, error): how a call ended."""


class Carrier:
    """One reusable thread."""

    def __init__(self) -> None:
        self._go, self._back = threading.Lock(), threading.Lock()
        self._go.acquire()
        self._back.acquire()
        self._work: Callable[[], None] | None = None
        threading.Thread(target=self._loop, daemon=True).start()

    def begin(self, work: Callable[[], None]) -> None:
        """Run `work` until it pauses or ends."""
        self._work = work
        self.go_on()

    def go_on(self) -> None:
        """Hand the baton over and wait until it comes back."""
        self._go.release()
        self._back.acquire()

    def pause(self) -> None:
        """From inside: give the baton back and wait for it."""
        self._back.release()
        self._go.acquire()

    def _loop(self) -> None:
        while True:
            self._go.acquire()
            if self._work:
                self._work()
            self._back.release()


IDLE: list[Carrier] = []
"""Carriers that wait for work."""


class Call:
    """One call of a function that may be paused and killed; `done(result, error)` is told its end."""

    def __init__(self, name: str, function: Callable[[], object], done: Done) -> None:
        self.name = name
        self.over = False
        self.killed = False
        self._function, self._done = function, done
        self._result: object = None
        self._error: BaseException | None = None
        self._carrier = IDLE.pop() if IDLE else Carrier()

    def begin(self) -> None:
        """Start it; control comes back at its first pause or its end."""
        self._carrier.begin(self._work)
        self._settle()

    def go_on(self) -> None:
        """Let it go on after a pause."""
        self._carrier.go_on()
        self._settle()

    def pause(self) -> None:
        """From inside the call. Raises Crash when it was killed meanwhile."""
        self._carrier.pause()
        if self.killed:
            raise Crash

    def _work(self) -> None:
        try:
            self._result = self._function()
        except BaseException as error:  # noqa: BLE001 - the world decides what each end means
            self._error = error
        self.over = True

    def _settle(self) -> None:
        if self.over:
            IDLE.append(self._carrier)
            self._done(self._result, self._error)
