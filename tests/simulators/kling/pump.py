"""Makes things happen in real time: one thread that waits for what is due, a few that send callbacks."""

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.simulators.kling.app import App
from tests.simulators.kling.callbacks import Announcer, Delivery
from tests.simulators.kling.courier import Courier

SENDERS = 4


class Pump:
    """Runs the timeline by the real clock; one task's callbacks always go through the same sender, in order."""

    def __init__(self, app: App, announcer: Announcer, courier: Courier) -> None:
        self._app, self._announcer, self._courier = app, announcer, courier
        self._news, self._ending = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="kling-pump", daemon=True)
        self._senders = [ThreadPoolExecutor(1, f"kling-callback-{number}") for number in range(SENDERS)]

    def start(self) -> None:
        """Begin; every handled request wakes the pump, because it may have planned something."""
        self._app.wake = self._news.set
        self._thread.start()

    def stop(self) -> None:
        """End the threads; callbacks not begun yet are dropped."""
        self._ending.set()
        self._news.set()
        self._thread.join()
        for sender in self._senders:
            sender.shutdown(wait=True, cancel_futures=True)

    def _run(self) -> None:
        while not self._ending.is_set():
            self._news.clear()
            self._app.tick()
            while self._announcer.ready:
                self._hand_over(self._announcer.ready.popleft())
            self._news.wait(self._seconds_to_next())

    def _hand_over(self, delivery: Delivery) -> None:
        self._senders[int(delivery.task_id) % SENDERS].submit(self._courier.deliver, delivery)

    def _seconds_to_next(self) -> float | None:
        with self._app.lock:
            next_ms = self._app.timeline.next_ms()
            return None if next_ms is None else max(0, next_ms - self._app.api.clock.now_ms()) / 1000
