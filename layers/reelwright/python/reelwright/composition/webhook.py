"""Webhook's composition root."""

from collections.abc import Mapping
from functools import cache

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.secrets import Secret
from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.aws.workflows import StepFunctionsWorkflows
from reelwright.adapters.clock import SystemClock
from reelwright.adapters.kling.callbacks import parse_callback
from reelwright.adapters.kling.capability import CallbackCapabilities
from reelwright.adapters.kling.signatures import CallbackSignatures
from reelwright.adapters.lazy import Lazy
from reelwright.composition.environment import read
from reelwright.composition.settings import WebhookSettings
from reelwright.domain.errors import NotFound
from reelwright.observability import PowertoolsTelemetry
from reelwright.use_cases.callback import Claim, ReceiveCallback


@cache
def receive_callback() -> ReceiveCallback:
    """The use case behind `POST /webhooks/kling/{capability}`."""
    given, clock, telemetry = read(WebhookSettings), SystemClock(), PowertoolsTelemetry()
    secret = Secret(client("secretsmanager"), given.callbacks_secret_arn)
    signatures = CallbackSignatures(lambda: secret.texts("kling_webhook_secrets"), clock, optional=True)
    return ReceiveCallback(
        jobs=TableJobs(client("dynamodb"), given.table_name, clock.now_ms),
        workflows=Lazy(lambda: StepFunctionsWorkflows(client("stepfunctions"), given.state_machine_arn, telemetry)),
        addresses=CallbackCapabilities(
            "", lambda: secret.text("capability_key"), lambda: secret.texts("capability_keys_accepted")
        ),
        clock=clock,
        telemetry=telemetry,
        claims_end=_claim(signatures),
    )


def _claim(signatures: CallbackSignatures) -> Claim:
    def claims_end(headers: Mapping[str, str], body: bytes) -> bool:
        if not signatures.accept(headers, body):
            raise NotFound("Not found.")
        callback = parse_callback(body)
        return callback is not None and callback.claims_end

    return claims_end
