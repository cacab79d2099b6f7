"""Where a stage's table, queues, machine and secrets are: told by its stacks, or by the environment."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reelwright.composition.environment import names, read
from reelwright.domain.errors import NotFound

SETTINGS_OUTPUT = "OperatorSettings"
OUTPUTS = {
    "TableName": "TABLE_NAME",
    "BucketName": "MEDIA_BUCKET",
    "KlingSecretArn": "KLING_SECRET_ARN",
    "CallbacksSecretArn": "CALLBACKS_SECRET_ARN",
    "MediaSecretArns": "MEDIA_SECRET_ARNS",
    "QueueUrl": "HINTS_QUEUE_URL",
    "DeadLettersUrl": "DEAD_LETTERS_URL",
    "SweepDeadLettersUrl": "SWEEP_DEAD_LETTERS_URL",
    "StateMachineArn": "STATE_MACHINE_ARN",
    "WebhooksSecretArn": "WEBHOOKS_SECRET_ARN",
    "DeliveriesQueueUrl": "DELIVERIES_QUEUE_URL",
    "DeliveryDeadLettersUrl": "DELIVERY_DEAD_LETTERS_URL",
    "AnnounceDeadLettersUrl": "ANNOUNCE_DEAD_LETTERS_URL",
}
"""Outputs of the stacks `data` and `pipeline`, and the settings that they are."""


@dataclass(frozen=True, slots=True)
class OperatorSettings:
    """What the command line knows of a stage; each field is an environment variable in capitals."""

    table_name: str
    media_bucket: str
    hints_queue_url: str
    dead_letters_url: str
    sweep_dead_letters_url: str
    deliveries_queue_url: str
    delivery_dead_letters_url: str
    announce_dead_letters_url: str
    state_machine_arn: str
    kling_base_url: str
    kling_secret_arn: str
    callbacks_secret_arn: str
    webhooks_secret_arn: str
    media_secret_arns: tuple[str, ...]
    kling_accounts: tuple[str, ...]
    lane_slots: int
    lane_requests_per_minute: int
    hint_repair_seconds: int
    slot_lease_seconds: int
    watch_seconds: int
    media_link_seconds: int
    webhook_secret_overlap_hours: int


def settings_of(stage: str, cloudformation: Any, environ: Mapping[str, str] | None = None) -> OperatorSettings:
    """The stage's settings: of the environment when it holds every one, else of the stacks. Raises NotFound.

    Never of both: a variable left over from another deployment would mix the two.
    """
    given = os.environ if environ is None else environ
    whole = names(OperatorSettings) <= given.keys()
    return read(OperatorSettings, given if whole else _told(stage, cloudformation))


def _told(stage: str, cloudformation: Any) -> dict[str, str]:
    stacks = [f"reelwright-{stage}-{part}" for part in ("data", "pipeline")]
    outputs = {name: value for stack in stacks for name, value in _outputs(stack, cloudformation)}
    if SETTINGS_OUTPUT not in outputs:
        raise NotFound("The stage was deployed before its stacks told what is needed here: deploy it again.")
    settings: dict[str, str] = json.loads(outputs[SETTINGS_OUTPUT])
    return settings | {variable: outputs[output] for output, variable in OUTPUTS.items()}


def _outputs(stack: str, cloudformation: Any) -> Iterator[tuple[str, str]]:
    try:
        (found,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    except cloudformation.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != "ValidationError":
            raise
        raise NotFound(f"There is no stack {stack} in this account and region.") from None
    return ((one["OutputKey"], one["OutputValue"]) for one in found.get("Outputs", ()))
