"""What telling needs from outside."""

from reelwright.use_cases.tell.ports.deliveries import Deliveries, DeliveryHints, DeliveryKey, DeliveryPage, Due
from reelwright.use_cases.tell.ports.endpoints import AddressCheck, Audience, Endpoints, EndpointSecrets, Listeners
from reelwright.use_cases.tell.ports.identity import TellIds
from reelwright.use_cases.tell.ports.outbox import Bus, NoEvent, Outbox, Overdue
from reelwright.use_cases.tell.ports.sending import Answer, Requests, Sender

__all__ = [
    "AddressCheck",
    "Answer",
    "Audience",
    "Bus",
    "Deliveries",
    "DeliveryHints",
    "DeliveryKey",
    "DeliveryPage",
    "Due",
    "EndpointSecrets",
    "Endpoints",
    "Listeners",
    "NoEvent",
    "Outbox",
    "Overdue",
    "Requests",
    "Sender",
    "TellIds",
]
