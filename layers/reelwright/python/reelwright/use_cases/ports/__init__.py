"""What the use cases need from outside. Adapters implement these; tests bring honest fakes."""

from reelwright.use_cases.ports.admission import Admission, IdempotencyHit, IdempotencyRecord
from reelwright.use_cases.ports.identity import Clock, Ids
from reelwright.use_cases.ports.jobs import Jobs, OpenHold, Page, Waiting
from reelwright.use_cases.ports.lanes import Forecasts, Lanes, Tenants
from reelwright.use_cases.ports.media import Images, LinkSigner, ResultCopier
from reelwright.use_cases.ports.provider import Provider, Submission
from reelwright.use_cases.ports.signals import CallbackAddresses, Hints, Workflows
from reelwright.use_cases.ports.telemetry import Telemetry

__all__ = [
    "Admission",
    "CallbackAddresses",
    "Clock",
    "Forecasts",
    "Hints",
    "IdempotencyHit",
    "IdempotencyRecord",
    "Ids",
    "Images",
    "Jobs",
    "Lanes",
    "LinkSigner",
    "OpenHold",
    "Page",
    "Provider",
    "ResultCopier",
    "Submission",
    "Telemetry",
    "Tenants",
    "Waiting",
    "Workflows",
]
