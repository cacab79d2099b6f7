"""Late accepts: a create whose task appears only some time, or some look-ups, after its answer was lost."""

from dataclasses import dataclass, field

from tests.simulators.kling.engine import Engine
from tests.simulators.kling.errors import KlingError
from tests.simulators.kling.order import Order
from tests.simulators.kling.timeline import Timeline
from tests.simulators.kling.wire import Json


@dataclass
class Pending:
    """A create not committed yet; `lookups` is how many more must miss it, None when time decides."""

    account: str
    order: Order
    lookups: int | None


@dataclass
class LateAccepts:
    """Holds pending creates; one whose external id was taken meanwhile is dropped and noted."""

    engine: Engine
    timeline: Timeline
    pending: list[Pending] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def defer(self, account: str, order: Order, args: Json, now_ms: int) -> None:
        """Commit after `args.after_lookups` missed look-ups, else after `args.seconds` (default 5).

        With `args.reserve_id` a repeat of the external id is refused at once although look-ups find nothing.
        """
        self.engine.check(account, order)
        late = Pending(account, order, args.get("after_lookups"))
        self.pending.append(late)
        if args.get("reserve_id"):
            self.engine.store.reserved.add((account, order.external_id))
        if late.lookups is None:
            due_ms = now_ms + round(1000 * float(args.get("seconds", 5)))
            self.timeline.at(due_ms, lambda at_ms: self._commit(late, at_ms))

    def missed(self, account: str, wanted: str, now_ms: int) -> None:
        """Count a look-up that found nothing; the last one that a pending create waits for commits it."""
        for late in [late for late in self.pending if late.lookups is not None]:
            if (late.account, late.order.external_id) == (account, wanted):
                late.lookups = (late.lookups or 1) - 1
                if late.lookups == 0:
                    self._commit(late, now_ms)

    def _commit(self, late: Pending, now_ms: int) -> None:
        self.pending.remove(late)
        try:
            self.engine.create(late.account, late.order, now_ms)
        except KlingError:
            self.dropped.append(late.order.external_id)
