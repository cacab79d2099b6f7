"""Kling's books, by keys that are stored or were just given."""

from collections.abc import Mapping
from dataclasses import dataclass

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.secrets import Secret
from reelwright.adapters.kling.accounts import AccountKeys
from reelwright.adapters.kling.billing import KlingBilling
from reelwright.adapters.kling.client import Client
from reelwright.adapters.kling.tokens import Credentials, Tokens
from reelwright.adapters.kling.transport import Transport
from reelwright.composition.stage import OperatorSettings
from reelwright.use_cases.ports import Clock


@dataclass(frozen=True)
class Given:
    """Keys that were just given, in the shape of stored ones."""

    fields: Mapping[str, str]

    def text(self, name: str) -> str:
        """The key of that name."""
        return self.fields[name]

    def refresh(self) -> bool:
        """They do not change."""
        return False


def books(given: OperatorSettings, credentials: Credentials, clock: Clock) -> KlingBilling:
    """What Kling says to these keys."""
    return KlingBilling(Client(Transport(given.kling_base_url), Tokens(credentials, clock)))


def books_by_account(given: OperatorSettings, clock: Clock) -> dict[str, KlingBilling]:
    """Of every account of the stage, by the keys that are stored."""
    secret = Secret(client("secretsmanager"), given.kling_secret_arn)
    return {name: books(given, AccountKeys(secret, name), clock) for name in given.kling_accounts}
