"""What the functions that speak to Kling share."""

from collections.abc import Callable
from functools import cache

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.secrets import Secret
from reelwright.adapters.clock import SystemClock
from reelwright.adapters.kling.accounts import AccountKeys, KlingAccounts
from reelwright.adapters.kling.adapter import KlingProvider, kling_provider


@cache
def provider(base_url: str, secret_arn: str, load_image: Callable[[str], bytes]) -> KlingAccounts:
    """Kling at one endpoint with the keys of every account."""
    secret = Secret(client("secretsmanager"), secret_arn)

    def account(name: str) -> KlingProvider:
        return kling_provider(base_url, AccountKeys(secret, name), SystemClock(), load_image)

    return KlingAccounts(account)


def no_images(key: str) -> bytes:
    """For functions that only look up. Raises LookupError."""
    raise LookupError(key)
