"""Webhooks: an endpoint is changed by who saw it as it is, and a delivery is begun once and kept by its sender."""

from collections.abc import Callable, Iterator
from unittest.mock import patch

from reelwright.adapters.aws.clients import client
from reelwright.domain import delivery as deliveries
from reelwright.domain import endpoint as endpoints
from reelwright.domain.delivery import Delivery
from reelwright.domain.errors import Stale
from reelwright.domain.event import Event, EventType
from reelwright.use_cases.tell.ports import DeliveryKey, Due
from tests.crash import cloud, staged
from tests.support.telling import Telling

URL = "https://hooks.example/one"
EVENT = Event("evt_a", EventType.SUCCEEDED, "acme", 1_000, {"id": "job_1"})


def same_endpoint() -> Iterator[str]:
    """Ids that meet by chance do not lay one endpoint over another."""
    telling = _telling()
    made, _ = telling.managing.create("acme", URL)
    if not staged.refused(lambda: telling.endpoints.put_new(made), Stale):
        yield "an endpoint was written over"


def endpoint_changed_meanwhile() -> Iterator[str]:
    """Who read an endpoint before its tenant enabled it does not disable it, with a notice or without one."""
    for notice in (None, EVENT):
        telling = _telling()
        read, _ = telling.managing.create("acme", URL)
        telling.endpoints.save(read, endpoints.enabled(read))
        late = endpoints.disabled(read, "failing")
        if not staged.refused(lambda: telling.endpoints.save(read, late, notice), Stale):  # noqa: B023 - called at once
            yield "an endpoint was disabled by who saw an older one"


def begun_twice() -> Iterator[str]:
    """An event that is announced again does not begin a delivery again that was tried."""
    telling, begun = _begun()
    telling.deliveries.save(begun, deliveries.claimed(begun, "me", 1_000, 1_000))
    if telling.deliveries.put_new(begun) or telling.deliveries.get(_key(begun)) == begun:
        yield "a delivery begins anew"


def tried_meanwhile() -> Iterator[str]:
    """Of two that read the same delivery one alone claims it."""
    telling, begun = _begun()
    mine, theirs = (deliveries.claimed(begun, owner, 1_000, 1_000) for owner in ("me", "them"))
    telling.deliveries.save(begun, mine)
    if not staged.refused(lambda: telling.deliveries.save(begun, theirs), Stale):
        yield "a delivery is sent by two"


def claimed_while_shelved() -> Iterator[str]:
    """A delivery that somebody claims while it is laid aside stays with its sender."""
    telling, begun = _begun()
    claim = _claiming(telling, begun)
    genuine, others = telling.real.get_item, iter([claim])

    def look(**asked: object) -> object:
        found = genuine(**asked)
        for other in others:
            other()
        return found

    with patch.object(telling.real, "get_item", look):
        telling.deliveries.shelve(_key(begun))
    yield from _unclaimed(telling, begun)


def claimed_while_put_off() -> Iterator[str]:
    """The repair puts off what it saw, not the lease that came meanwhile."""
    telling, begun = _begun()
    _claiming(telling, begun)()
    telling.deliveries.defer(Due(_key(begun), begun.due_ms or 0), 10**15)
    yield from _unclaimed(telling, begun)


def sent_while_sent() -> Iterator[str]:
    """A message that comes twice sends nothing while the first one is under way."""
    telling, begun = _begun()
    telling.receiver.meanwhile = [lambda: telling.delivering.deliver(_key(begun))]
    yield from _posted(telling, begun, 1)


def sent_too_early() -> Iterator[str]:
    """Nor does it bring the next try forward."""
    telling, begun = _begun()
    telling.receiver.answers = {URL: [500]}
    telling.delivering.deliver(_key(begun))
    yield from _posted(telling, begun, 1)


def disabled_meanwhile() -> Iterator[str]:
    """An endpoint that was disabled hears nothing more."""
    telling, begun = _begun()
    (read,) = telling.endpoints.of_tenant("acme")
    telling.endpoints.save(read, endpoints.disabled(read, "by_tenant"))
    yield from _posted(telling, begun, 0)


def _posted(telling: Telling, begun: Delivery, times: int) -> Iterator[str]:
    telling.delivering.deliver(_key(begun))
    if len(telling.receiver.posts) != times:
        yield f"{len(telling.receiver.posts)} requests instead of {times}"


def _claiming(telling: Telling, begun: Delivery) -> Callable[[], None]:
    return lambda: telling.deliveries.save(begun, deliveries.claimed(begun, "me", 5_000, 1_000))


def _unclaimed(telling: Telling, begun: Delivery) -> Iterator[str]:
    now = telling.deliveries.get(_key(begun))
    if now is None or now.lease is None or now.due_ms != now.lease.expires_ms:
        yield "nobody looks when the lease has lapsed"


def _begun() -> tuple[Telling, Delivery]:
    telling = _telling()
    made, _ = telling.managing.create("acme", URL)
    begun = deliveries.of_event(EVENT, made, EVENT.at_ms)
    telling.deliveries.put_new(begun)
    return telling, begun


def _key(one: Delivery) -> DeliveryKey:
    return DeliveryKey(one.endpoint_id, one.id)


def _telling() -> Telling:
    cloud.empty()
    return Telling(client("dynamodb"), cloud.TABLE)
