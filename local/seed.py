"""What a fresh deployment needs before its first request: Kling's key pair, a tenant, an API key."""

import json
import secrets
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from local.kling import Kling
from reelwright.adapters.aws.ops.desks import TableTenantDesk
from reelwright.adapters.clock import SystemClock
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.ops.changes import Hand
from reelwright.use_cases.ops.keys import SCOPES, ManageKeys
from reelwright.use_cases.ops.tenants import ManageTenants


def fill_in_kling(secretsmanager: Any, outputs: Mapping[str, str], kling: Kling) -> None:
    """Put the key pair where the operator of a real account would."""
    pair = {"access_key": kling.access_key, "secret_key": kling.secret_key}
    secretsmanager.put_secret_value(SecretId=outputs["KlingSecretArn"], SecretString=json.dumps(pair))


class Desk:
    """Makes tenants and API keys, as `reelwright ops tenant create` and `key create` do."""

    def __init__(self, dynamodb: Any, outputs: Mapping[str, str]) -> None:
        desk = TableTenantDesk(dynamodb, outputs["TableName"])
        self._tenants, self._keys = ManageTenants(desk), ManageKeys(desk, SystemClock())

    def tenant(
        self, name: str, *, units: Decimal = Decimal(10_000), posts_a_minute: int = 600, at_once: int = 20
    ) -> str:
        """Make a tenant where there is none of that name; its id."""
        self._tenants.create(Tenant(name, units, at_once, posts_a_minute), Hand())
        return name

    def api_key(self, tenant: str, scopes: tuple[str, ...] = SCOPES) -> str:
        """Make a key for the tenant; its text, which is stored nowhere."""
        name = f"seeded {secrets.token_hex(4)}"
        _, text = self._keys.create(tenant, name, scopes, None, Hand())
        return text
