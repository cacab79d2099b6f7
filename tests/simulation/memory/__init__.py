"""The table in memory: the ports Jobs, Lanes and Tenants with the semantics of `adapters.aws.table`."""

from tests.simulation.memory.forecasts import MemoryForecasts
from tests.simulation.memory.jobs import MemoryJobs
from tests.simulation.memory.lanes import MemoryLanes
from tests.simulation.memory.rows import Rows
from tests.simulation.memory.tenants import MemoryTenants

__all__ = ["MemoryForecasts", "MemoryJobs", "MemoryLanes", "MemoryTenants", "Rows"]
