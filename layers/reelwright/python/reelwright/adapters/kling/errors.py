"""Kling's error codes as what they mean for a submission or a look-up (Kling API contract, error codes)."""

import re
from typing import Final

from reelwright.adapters.kling.envelope import Envelope
from reelwright.domain.provider_errors import (
    AccountBlocked,
    AlreadyExists,
    LookUpFailed,
    OutcomeUnknown,
    OverCapacity,
    ProviderError,
    RateLimited,
    Refused,
)

TOKEN_TIMES: Final = frozenset({1003, 1004})
"""The token is not valid yet, or not any more: sign anew, once."""
BAD_CREDENTIALS: Final = frozenset({1000, 1002})
"""The keys may have been rotated: read them again, once."""
BAD_VALUE: Final = 1201

NO_KEYS: Final = "no-keys"
"""Our own code, in the place of Kling's: the account's keys are missing, so Kling was not asked."""

STRANGE: Final = "strange"
"""Our own code: Kling answered, but not in the form that is documented."""

_EXISTS: Final = re.compile(r"already\s+exist", re.IGNORECASE)
_MISSING: Final = re.compile(r"not\s+(be\s+)?found|does\s+not\s+exist", re.IGNORECASE)

_MEANINGS: Final[dict[int, tuple[type[ProviderError], str]]] = {
    1000: (AccountBlocked, "Kling refused the credentials"),
    1001: (AccountBlocked, "Kling saw no credentials"),
    1002: (AccountBlocked, "Kling refused the credentials"),
    1003: (AccountBlocked, "Kling's clock and ours disagree: the token is not valid yet"),
    1004: (AccountBlocked, "Kling's clock and ours disagree: the token has expired"),
    1100: (AccountBlocked, "The Kling account is not in order"),
    1101: (AccountBlocked, "The Kling account is in arrears"),
    1102: (AccountBlocked, "The Kling resource pack is exhausted or expired"),
    1103: (AccountBlocked, "The Kling account may not use this model"),
    1200: (Refused, "Kling refused the parameters"),
    1201: (Refused, "Kling refused the value of a parameter"),
    1202: (Refused, "Kling does not know the method"),
    1203: (Refused, "Kling does not know the model or resource"),
    1300: (Refused, "Kling's platform policy refused the content"),
    1301: (Refused, "Kling's content safety refused the content"),
    1302: (RateLimited, "Kling takes requests more slowly"),
    1303: (OverCapacity, "Kling's resource pack allows no more parallel tasks"),
    1304: (AccountBlocked, "Kling does not accept requests from this IP address"),
    5000: (OutcomeUnknown, "Kling had an internal error"),
    5001: (OutcomeUnknown, "Kling is under maintenance"),
    5002: (OutcomeUnknown, "Kling timed out internally"),
}
"""Code → what it says about a submission, and our own sentence: Kling's may repeat the prompt."""

_REFUSALS: Final = range(400, 500)
"""HTTP statuses with which Kling documents its refusals; a code under any other one proves nothing."""
_BUSINESS_CODES: Final = range(1000, 2000)
_BY_STATUS: Final[dict[int, type[ProviderError]]] = {
    400: Refused,
    401: AccountBlocked,
    403: AccountBlocked,
    404: Refused,
    429: RateLimited,
}


def submit_error(status: int, envelope: Envelope | None) -> ProviderError:
    """What an answer that is no success says about the submission."""
    if envelope is None:
        return OutcomeUnknown(f"Something answered HTTP {status}, but not in Kling's words", code=f"http-{status}")
    if envelope.status not in _REFUSALS or envelope.code == 0:
        return _error(OutcomeUnknown, "Kling's answer leaves open whether the task exists", envelope)
    if envelope.code == BAD_VALUE and _EXISTS.search(envelope.message):
        return _error(AlreadyExists, "Kling has a task of this external id already", envelope)
    kind, sentence = _MEANINGS.get(envelope.code) or _unlisted(envelope)
    return _error(kind, sentence, envelope)


def look_up_error(status: int, envelope: Envelope | None) -> ProviderError | None:
    """What an answer that is no success says about a look-up; None when it says that there is no such task."""
    if envelope is None:
        return LookUpFailed(f"Something answered HTTP {status}, but not in Kling's words", code=f"http-{status}")
    if envelope.status in _REFUSALS and envelope.code == BAD_VALUE and _MISSING.search(envelope.message):
        return None
    kind, sentence = _MEANINGS.get(envelope.code, (LookUpFailed, "Kling did not tell the task's state"))
    return _error(AccountBlocked if kind is AccountBlocked else LookUpFailed, sentence, envelope)


def _unlisted(envelope: Envelope) -> tuple[type[ProviderError], str]:
    known = envelope.code in _BUSINESS_CODES
    kind = _BY_STATUS.get(envelope.status, OutcomeUnknown) if known else OutcomeUnknown
    return kind, "Kling answered with a code that its documentation does not list"


def _error(kind: type[ProviderError], sentence: str, envelope: Envelope) -> ProviderError:
    return kind(sentence, code=str(envelope.code)[:16], request_id=envelope.request_id)
