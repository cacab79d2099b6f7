"""The secrets. The template holds no value: they are generated in the account, or filled in by the operator."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.nag import accept
from infra.settings import Settings

_KLING_REASON = "Kling has no call that renews keys: an operator makes the pair in Kling's console and stores it here."
_CALLBACKS_REASON = "A new key would void the callback addresses of attempts that run; it is renewed by an operator."
_WEBHOOKS_REASON = (
    "Endpoints' secrets follow from it: an operator adds a new one, and each tenant goes over with an overlap."
)
_SIGNING_REASON = "Renewed by adding a generation to the stage's settings, so that links signed before stay valid."


class Secrets(Construct):
    """Kling's key pair, the callbacks' keys, and one private key for each generation of media links."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "Secrets")
        self._removal = RemovalPolicy.RETAIN if settings.keep_data else RemovalPolicy.DESTROY
        self.kling = self._secret("Kling", "Kling API key pair", "secret_key", '{"access_key":""}', _KLING_REASON)
        self.callbacks = self._secret(
            "Callbacks",
            "Capability key of callback addresses, and Kling's webhook secrets",
            "capability_key",
            '{"kling_webhook_secrets":[]}',
            _CALLBACKS_REASON,
        )
        self.webhooks = self._secret(
            "Webhooks",
            "Master key from which the secrets of webhook endpoints are derived",
            "master_key",
            "{}",
            _WEBHOOKS_REASON,
        )
        self.signing = {
            generation: self._secret(
                f"MediaKey{generation}",
                f"Private key of signed media links, generation {generation}",
                "unused",
                "{}",
                _SIGNING_REASON,
            )
            for generation in settings.signing_key_generations
        }

    @property
    def signing_arns(self) -> str:
        """The secrets of the keys of media links by commas, oldest generation first."""
        return ",".join(secret.secret_arn for _, secret in sorted(self.signing.items()))

    def _secret(self, name: str, what: str, key: str, template: str, reason: str) -> secretsmanager.Secret:
        secret = secretsmanager.Secret(
            self,
            name,
            description=what,
            removal_policy=self._removal,
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template=template,
                generate_string_key=key,
                password_length=64,
                exclude_punctuation=True,
            ),
        )
        accept(secret, {"AwsSolutions-SMG4": reason})
        return secret
