"""What matches a create, and the tasks that came of it."""

from tests.simulators.caller import Caller

POST = {"method": "POST"}


def tasks(caller: Caller) -> int:
    return len(caller.simulator.control.tasks())
