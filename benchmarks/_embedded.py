"""A deployment on this machine for as long as something is measured."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from local.deployment import Deployment, Plan, boot
from local.places import RunFolder
from local.processes import Processes, leave_on_sigterm


@contextmanager
def embedded(name: str, time_scale: float) -> Iterator[Deployment]:
    """Boot it with Kling's time so many times faster; every process and file of it is gone afterwards."""
    leave_on_sigterm()
    folder = RunFolder.named(name)
    processes = Processes(folder)
    processes.end()
    try:
        yield boot(Plan(folder, time_scale=time_scale), processes, print)
    finally:
        processes.end()
        shutil.rmtree(folder.path)
