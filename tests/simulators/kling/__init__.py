"""A faithful stand-in for Kling's legacy video API, with scripted faults; it shares no code with the product."""

from tests.simulators.kling.clock import Clock, RealClock, VirtualClock
from tests.simulators.kling.settings import ACCESS_KEY, SECRET_KEY, Settings
from tests.simulators.kling.simulator import KlingSimulator
from tests.simulators.kling.transport import SimulatorTransport

__all__ = [
    "ACCESS_KEY",
    "SECRET_KEY",
    "Clock",
    "KlingSimulator",
    "RealClock",
    "Settings",
    "SimulatorTransport",
    "VirtualClock",
]
