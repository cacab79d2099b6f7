"""A line of the operator's brought to where it has something to do, then run dry, then for real."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from local.watch import until
from reelwright.use_cases.ops.changes import Hand
from tests.e2e.operating.operator import NAME, Operator, Said
from tests.e2e.operating.things import Things
from tests.integration.ops.lines import CHANGING, DAYS_SECONDS, WEBHOOK_SECRETS
from tests.integration.ops.things import spelled

DRY: Final = f"{NAME}, dry"
UNDER_WAY, UNREACHABLE = 4, 5
"""Exit codes: a line before has done already what is asked for; Kling, which is asked once a second, tells nothing."""
SECONDS: Final = 20.0


@dataclass(frozen=True)
class Doing:
    """`signs` tells the command line what Kling is to sign callbacks with."""

    operator: Operator
    things: Things
    signs: Callable[[str], None]

    def does(self, line: str) -> None:
        """Run it dry and for real; fails where the dry run named what was not done, or did anything."""
        made = self.things.of(self.operator, line, *CHANGING[line])
        for before, secret in zip(CHANGING[line], WEBHOOK_SECRETS, strict=False):
            self.signs(secret)
            assert self.operator.run(spelled(before, made)).code in {0, UNDER_WAY}
            self.operator.clock.ahead_ms += DAYS_SECONDS * 1000
        if line == "secrets retire endpoints":
            self._renew_all_endpoints()
        self._as_said(spelled(line, made))

    def lanes_serve_again(self) -> None:
        """What `pause all` paused, it paused for everybody."""
        self.operator.box.manage_lanes.resume_all(Hand())

    def _as_said(self, line: str) -> None:
        dry = self.operator.run(f"{line} --dry-run", DRY)
        assert dry.code == 0
        assert dry.changes("would be")
        assert not dry.changes("yes")
        real = until(lambda: self.operator.run(line), _answered, SECONDS)
        assert real.code == 0
        assert dry.changes("would be") <= real.changes("yes")

    def _renew_all_endpoints(self) -> None:
        """What their tenants are asked to do before an older master can be forgotten."""
        box = self.operator.box
        for tenant in box.desk.all():
            for endpoint in box.webhooks.endpoints.list(tenant.id):
                box.webhooks.rotate(tenant.id, endpoint.id, 0, Hand())


def _answered(said: Said) -> bool:
    return said.code != UNREACHABLE
