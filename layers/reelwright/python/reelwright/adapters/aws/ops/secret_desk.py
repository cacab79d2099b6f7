"""A secret to be rewritten: implements `use_cases.ops.ports.SecretDesk`."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from reelwright.adapters.aws.secrets import UnreadableSecret

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager.client import SecretsManagerClient


class SecretsManagerDesk:
    """One secret of Secrets Manager; the version before stays there as AWSPREVIOUS."""

    def __init__(self, client: "SecretsManagerClient", arn: str) -> None:
        self._client = client
        self._arn = arn

    def read(self) -> dict[str, object]:
        """See `SecretDesk.read`. Raises UnreadableSecret."""
        try:
            fields = json.loads(self._client.get_secret_value(SecretId=self._arn).get("SecretString", ""))
        except ValueError:
            raise UnreadableSecret("the secret is not JSON") from None
        if not isinstance(fields, dict):
            raise UnreadableSecret("the secret is not a JSON object")
        return fields

    def write(self, fields: Mapping[str, object]) -> None:
        """See `SecretDesk.write`."""
        self._client.put_secret_value(SecretId=self._arn, SecretString=json.dumps(dict(fields)))
