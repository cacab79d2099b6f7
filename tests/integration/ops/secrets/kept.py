"""A secret as a running function keeps it, and the time that keys overlap."""

from reelwright.adapters.aws.secrets import Secret
from tests.integration.ops.office import Office

HOUR_MS = 3_600_000


def cached(office: Office, arn: str) -> Secret:
    """A secret as a function keeps it: for five minutes."""
    return Secret(office.secrets, arn, clock=lambda: office.clock.at_ms / 1000)
