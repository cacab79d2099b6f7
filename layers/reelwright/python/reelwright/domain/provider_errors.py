"""What a provider's answer to `submit` or `look_up` can mean, whatever the provider's own codes are."""

from typing import Final

from reelwright.domain.errors import ReelwrightError

ACCOUNT_WIDE: Final = frozenset({"1000", "1001", "1002", "1003", "1004", "1100", "1101", "1304", "no-keys"})
"""Kling's codes (the last is our own) about keys, standing and address of an account, whatever model is asked for."""


class ProviderError(ReelwrightError):
    """An answer that is not the wished one. `code` and `request_id` are the provider's own words."""

    def __init__(self, message: str, *, code: str = "", request_id: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.request_id = request_id


class Refused(ProviderError):
    """Not created, and the same request will never be: bad parameters or content policy."""

    @property
    def moderation(self) -> bool:
        """True when the content, not the form, was refused (Kling 1300 and 1301)."""
        return self.code in {"1300", "1301"}


class OverCapacity(ProviderError):
    """Not created: as many tasks are unfinished as the account may have (Kling 1303)."""


class RateLimited(ProviderError):
    """Not created: requests come too fast (Kling 1302)."""


class AccountBlocked(ProviderError):
    """Not created, nor will anything be until an operator acts: keys, arrears, packs, whitelist."""

    @property
    def account_wide(self) -> bool:
        """True when no lane of the account would be answered otherwise; an empty pack or a model concerns its lane."""
        return self.code in ACCOUNT_WIDE


class Unreachable(ProviderError):
    """Not created: the connection was never made, so no byte of the request was read."""


class OutcomeUnknown(ProviderError):
    """The provider may or may not have created the task: look it up before anything else."""


class AlreadyExists(ProviderError):
    """The external id is taken, so an earlier call was accepted: look it up and adopt it."""


class LookUpFailed(ProviderError):
    """The truth could not be fetched now; it says nothing about the task."""
