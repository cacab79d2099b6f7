"""Rights that no request of ours uses in the embedded AWS, each with the reason; nothing else may be unused.

Those that AWS itself uses with a function's role are held against the templates by tests/infra/test_rights_of_aws.py.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from tests.e2e.rights.statements import Right

_QUEUE: Final = "Receive", "Delete", "ChangeMessageVisibility", "GetQueue"


@dataclass(frozen=True)
class Excuse:
    """Patterns of function, action and resource, and why nothing used such a right."""

    function: str
    action: str
    resource: str
    reason: str


EXCUSES = (
    Excuse("*", "logs:*", "*", "Lambda writes logs with the role; the emulator writes them itself"),
    *(
        Excuse("*", f"sqs:{begin}*", "*", "Lambda reads queues with the role; the emulator reads them itself")
        for begin in _QUEUE
    ),
    Excuse("*", "sqs:SendMessage", "*DeadLetters*", "Lambda sends dead letters with the role; the emulator by itself"),
    Excuse(
        "announce", "dynamodb:*", "*/stream/*", "Lambda reads streams with the role; the emulator reads them itself"
    ),
    Excuse("announce", "dynamodb:ListStreams", "*", "the same"),
    Excuse("finalize", "s3:*", "*/staging/*", "for results too large for the disk: tests/integration/media tries it"),
    Excuse("finalize", "s3:AbortMultipartUpload", "*", "for copies that break off: tests/integration/media tries it"),
    Excuse("sweep", "secretsmanager:GetSecretValue", "*", "Kling is asked for its credit in one minute of five"),
)


def excuse(right: Right) -> str:
    """Why it is in order that nothing used the right, "" when there is no reason."""
    return next((one.reason for one in EXCUSES if _fits(one, right)), "")


def _fits(one: Excuse, right: Right) -> bool:
    pairs = (right.function, one.function), (right.action, one.action), (right.resource, one.resource)
    return all(fnmatchcase(value, pattern) for value, pattern in pairs)
