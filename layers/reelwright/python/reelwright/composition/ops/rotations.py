"""How each kind of secret is renewed."""

from functools import cached_property

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.ops.secret_desk import SecretsManagerDesk
from reelwright.composition.ops.books import Given, books
from reelwright.composition.ops.reach import Reach
from reelwright.use_cases.ops.rotation import RotateCallbacks, RotateKling, RotateMasters, RotateMediaKeys


class Rotations:
    """One use case a kind of secret."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    @cached_property
    def kling(self) -> RotateKling:
        """Kling's key pairs."""
        given, clock = self._reach.given, self._reach.clock
        return RotateKling(_desk(given.kling_secret_arn), lambda pair: books(given, Given(pair), clock), clock)

    @cached_property
    def callbacks(self) -> RotateCallbacks:
        """The callbacks' keys."""
        return RotateCallbacks(_desk(self._reach.given.callbacks_secret_arn), self._reach.clock)

    @cached_property
    def masters(self) -> RotateMasters:
        """The masters of endpoints' secrets."""
        reach = self._reach
        return RotateMasters(_desk(reach.given.webhooks_secret_arn), reach.desk, reach.endpoints, reach.clock)

    @cached_property
    def media(self) -> RotateMediaKeys:
        """The keys of media links."""
        given = self._reach.given
        return RotateMediaKeys(tuple(map(_desk, given.media_secret_arns)), self._reach.clock, given.media_link_seconds)


def _desk(arn: str) -> SecretsManagerDesk:
    return SecretsManagerDesk(client("secretsmanager"), arn)
