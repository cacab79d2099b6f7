"""What a fresh deployment needs before its first request: Kling's key pair, a tenant, an API key."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from local.kling import Kling
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.domain.tenant import ApiKey, Tenant

SCOPES = ("videos:read", "videos:write")


def fill_in_kling(secretsmanager: Any, outputs: Mapping[str, str], kling: Kling) -> None:
    """Put the key pair where the operator of a real account would."""
    pair = {"access_key": kling.access_key, "secret_key": kling.secret_key}
    secretsmanager.put_secret_value(SecretId=outputs["KlingSecretArn"], SecretString=json.dumps(pair))


class Desk:
    """Makes tenants and API keys."""

    def __init__(self, dynamodb: Any, outputs: Mapping[str, str]) -> None:
        self._tenants = TableTenants(dynamodb, outputs["TableName"])

    def tenant(
        self, name: str, *, units: Decimal = Decimal(10_000), posts_a_minute: int = 600, at_once: int = 20
    ) -> str:
        """Make a tenant, or give it another plan; its id."""
        self._tenants.put(Tenant(name, units, at_once, posts_a_minute))
        return name

    def api_key(self, tenant: str, scopes: tuple[str, ...] = SCOPES) -> str:
        """Make a key for the tenant; its text, which is stored nowhere."""
        text = f"rw_{secrets.token_urlsafe(32)}"
        digest = hashlib.sha256(text.encode()).hexdigest()
        self._tenants.put_api_key(digest, ApiKey(tenant, f"key_{digest[:12]}", scopes))
        return text
