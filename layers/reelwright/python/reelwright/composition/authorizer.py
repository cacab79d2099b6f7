"""The authorizer's composition root."""

from functools import cache

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.composition.environment import read
from reelwright.composition.settings import AuthorizerSettings


@cache
def tenants() -> TableTenants:
    """Where API keys are looked up."""
    return TableTenants(client("dynamodb"), read(AuthorizerSettings).table_name)
