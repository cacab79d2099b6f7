"""The whole app of one stage: its stacks, in the order in which they are deployed."""

from dataclasses import replace
from pathlib import Path

from aws_cdk import App

from infra.choices import context, settings_from
from infra.data_stack import DataStack
from infra.delivery_stack import DeliveryStack
from infra.firewall_stack import FirewallStack
from infra.nag import guard
from infra.observability_stack import ObservabilityStack
from infra.packages import Packages
from infra.pipeline_stack import PipelineStack
from infra.sealing import seal
from infra.settings import Settings


def build(app: App) -> None:
    """Define the stage that the context names; the gate of cdk-nag is part of it."""
    settings = settings_from(app)
    packages = Packages(Path(context(app, "build_dir", "build")), settings.target)
    data = DataStack(app, settings)
    delivery = _delivery(app, settings, data, packages)
    pipeline = PipelineStack(app, settings, packages, data, delivery)
    ObservabilityStack(app, settings, pipeline, delivery, data.table.table_name)
    if data.own_key:
        seal(app, data.own_key)
    guard(app)


def _delivery(app: App, settings: Settings, data: DataStack, packages: Packages) -> DeliveryStack:
    """The front, behind the owner's web ACL, ours, or none."""
    guards = settings.guards
    if guards.web_acl_arn or not guards.waf:
        return DeliveryStack(app, settings, data, packages)
    firewall = FirewallStack(app, settings)
    known = replace(guards, web_acl_arn=firewall.web_acl_arn)
    delivery = DeliveryStack(app, replace(settings, guards=known), data, packages)
    delivery.add_stack_dependency(firewall)
    return delivery
