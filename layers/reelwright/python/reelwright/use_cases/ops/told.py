"""Who was told of a job's end."""

from collections.abc import Iterator
from dataclasses import dataclass

from reelwright.domain import delivery as deliveries
from reelwright.domain.delivery import Delivery
from reelwright.domain.event import of_job
from reelwright.domain.job import Job
from reelwright.use_cases.ops.records import Event
from reelwright.use_cases.tell.ports import Deliveries, DeliveryKey, Endpoints


@dataclass(frozen=True, slots=True)
class Told:
    """Reads the log of the tenant's endpoints; what was sent again by wish stands there alone."""

    endpoints: Endpoints
    log: Deliveries

    def of(self, job: Job) -> Iterator[Event]:
        """Each endpoint's tries, and how its delivery stands; never an address."""
        if not job.status.terminal:
            return
        event = of_job(job)
        for endpoint in self.endpoints.of_tenant(job.tenant):
            name = deliveries.of_event(event, endpoint, event.at_ms).id
            found = self.log.get(DeliveryKey(endpoint.id, name))
            if found is not None:
                yield from _tries(found)


def _tries(delivery: Delivery) -> Iterator[Event]:
    at_ms = delivery.created_ms
    for one in delivery.attempts:
        at_ms = one.at_ms
        status = f" ({one.http_status})" if one.http_status is not None else ""
        yield Event(at_ms, f"webhook to {delivery.endpoint_id}: {one.outcome}{status}")
    if delivery.status != "delivered":
        yield Event(at_ms, f"webhook to {delivery.endpoint_id} is {delivery.status}")
