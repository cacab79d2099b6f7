"""Exit codes, and which error gives which."""

from enum import IntEnum

from botocore.exceptions import BotoCoreError
from botocore.exceptions import ClientError as AwsError

from reelwright.domain.errors import MalformedRequest, NotFound, ReelwrightError, Unavailable
from reelwright.domain.provider_errors import ProviderError


class Exit(IntEnum):
    """What the shell is told."""

    DONE = 0
    DIFFERENCES = 1  # a check found some
    USAGE = 2  # the same that argparse gives
    MISSING = 3  # no such job, tenant, key, lane, letter, stage
    FORBIDDEN = 4  # its state does not allow it
    UNREACHABLE = 5  # AWS or Kling did not do their part


_BY_ERROR: tuple[tuple[type[Exception], Exit], ...] = (
    (NotFound, Exit.MISSING),
    (MalformedRequest, Exit.USAGE),
    (Unavailable, Exit.UNREACHABLE),
    (ProviderError, Exit.UNREACHABLE),
    (ReelwrightError, Exit.FORBIDDEN),
    (BotoCoreError, Exit.UNREACHABLE),
    (AwsError, Exit.UNREACHABLE),
    (OSError, Exit.UNREACHABLE),
)

EXPECTED = tuple(kind for kind, _ in _BY_ERROR)
"""What a command may raise: everything else is a fault of ours and shows its traceback."""


def exit_for(error: Exception) -> Exit:
    """The code for an expected error: the first kind that fits."""
    return next(code for kind, code in _BY_ERROR if isinstance(error, kind))
