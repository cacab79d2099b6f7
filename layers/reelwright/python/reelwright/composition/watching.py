"""What is looked at now and then: Kling's packs and our own books."""

from functools import cache

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.ops.desks import TableTenantDesk
from reelwright.adapters.aws.ops.records import TableRecords
from reelwright.adapters.aws.secrets import Secret
from reelwright.adapters.clock import SystemClock
from reelwright.adapters.kling.accounts import AccountKeys
from reelwright.adapters.kling.billing import KlingBilling
from reelwright.adapters.kling.client import Client
from reelwright.adapters.kling.tokens import Tokens
from reelwright.adapters.kling.transport import Transport
from reelwright.composition.sweep import settings
from reelwright.observability import PowertoolsTelemetry
from reelwright.use_cases.ops.ledger import LedgerChecks
from reelwright.use_cases.watching import WatchCredit, WatchLedger


@cache
def watch_credit() -> WatchCredit:
    """The use case that asks Kling what is left."""
    given, clock = settings(), SystemClock()
    secret = Secret(client("secretsmanager"), given.kling_secret_arn)

    def billing(account: str) -> KlingBilling:
        return KlingBilling(Client(Transport(given.kling_base_url), Tokens(AccountKeys(secret, account), clock)))

    books = {account: billing(account) for account in given.kling_accounts}
    return WatchCredit(books, clock, PowertoolsTelemetry(), given.kling_credit_minutes)


@cache
def watch_ledger() -> WatchLedger:
    """The use case that reconciles our books."""
    given, clock, table = settings(), SystemClock(), client("dynamodb")
    records, tenants = TableRecords(table, given.table_name), TableTenantDesk(table, given.table_name)
    return WatchLedger(LedgerChecks(records, tenants, {}, clock), clock, PowertoolsTelemetry())
