"""A key pair for signed media links, made in the account: the private half never leaves Secrets Manager.

CloudFormation calls our function once a generation; it stores a new RSA key in the secret unless one is there already,
and answers with the public half.
"""

from aws_cdk import CustomResource, Duration, Token
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.function import Function, FunctionKit


class SigningKeys(Construct):
    """The public keys of every generation that is trusted."""

    def __init__(self, scope: Construct, kit: FunctionKit, secrets: dict[int, secretsmanager.Secret]) -> None:
        super().__init__(scope, "SigningKeys")
        self._maker = Function(
            self,
            "signing_key",
            kit,
            environment={},
            layers=("dependencies", "signing"),
        )
        self._maker.allow(
            ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
            [secret.secret_arn for secret in secrets.values()],
        )
        self.public_pems = {generation: self._pair(generation, secret) for generation, secret in secrets.items()}

    def _pair(self, generation: int, secret: secretsmanager.Secret) -> str:
        pair = CustomResource(
            self,
            f"Pair{generation}",
            resource_type="Custom::ReelwrightSigningKey",
            service_token=self._maker.arn,
            service_timeout=Duration.seconds(self._maker.timeout_seconds * 2),
            properties={"SecretArn": secret.secret_arn},
        )
        return Token.as_string(pair.get_att("PublicKeyPem"))
