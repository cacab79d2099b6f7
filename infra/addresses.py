"""Where everything stands, for the functions' environment.

On one machine the outside addresses are known only when its servers run: there they are parameters of the stack, so
that no new synthesis is needed for another port or another Kling.
"""

from dataclasses import dataclass

from aws_cdk import CfnParameter
from constructs import Construct

from infra.data_stack import DataStack
from infra.delivery_stack import DeliveryStack
from infra.environment import Addresses
from infra.settings import Settings


@dataclass(frozen=True, slots=True)
class Queues:
    """What the pipeline's own stack sends to."""

    hints_url: str
    deliveries_url: str
    event_bus_name: str


def addresses(
    scope: Construct, settings: Settings, data: DataStack, delivery: DeliveryStack, queues: Queues
) -> Addresses:
    """Collect what the stacks know."""
    outside = _parameters(scope) if settings.addresses_are_parameters else _public(settings, delivery)
    generations = settings.signing_key_generations
    return Addresses(
        table_name=data.table.table_name,
        hints_queue_url=queues.hints_url,
        deliveries_queue_url=queues.deliveries_url,
        event_bus_name=queues.event_bus_name,
        media_bucket=data.bucket.bucket_name,
        media_secret_arns=data.secrets.signing_arns,
        media_key_pair_ids=",".join(delivery.front.public_keys[one].public_key_id for one in generations),
        kling_secret_arn=data.secrets.kling.secret_arn,
        callbacks_secret_arn=data.secrets.callbacks.secret_arn,
        webhooks_secret_arn=data.secrets.webhooks.secret_arn,
        **outside,
    )


def _public(settings: Settings, delivery: DeliveryStack) -> dict[str, str]:
    return {
        "kling_base_url": settings.pipeline.kling_base_url,
        "callback_base_url": delivery.base_url,
        "media_base_url": delivery.base_url,
        "allow_http_hosts": "",
    }


def _parameters(scope: Construct) -> dict[str, str]:
    described = {
        "kling_base_url": ("KlingBaseUrl", "Where Kling, or its simulator, answers"),
        "callback_base_url": ("CallbackBaseUrl", "Where Kling reaches us; empty: by polling only"),
        "media_base_url": ("MediaBaseUrl", "The address that media links begin with"),
        "allow_http_hosts": ("AllowHttpHosts", "Hosts trusted with plain http and private addresses, by commas"),
    }
    return {
        field: CfnParameter(scope, name, type="String", default="", description=what).value_as_string
        for field, (name, what) in described.items()
    }
