"""The whole app of one stage: four stacks, in the order in which they are deployed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from aws_cdk import App

from infra.data_stack import DataStack
from infra.delivery_stack import DeliveryStack
from infra.nag import guard
from infra.observability_stack import ObservabilityStack
from infra.packages import Packages
from infra.pipeline_stack import PipelineStack
from infra.settings import Settings
from infra.stages import STAGES


class UnknownStageError(Exception):
    """The context names a stage that there is not."""


def build(app: App) -> None:
    """Define the stage that the context names; the gate of cdk-nag is part of it."""
    settings = settings_from(app)
    packages = Packages(Path(_context(app, "build_dir", "build")), settings.target)
    data = DataStack(app, settings)
    delivery = DeliveryStack(app, settings, data, packages)
    pipeline = PipelineStack(app, settings, packages, data, delivery)
    ObservabilityStack(app, settings, pipeline, delivery, data.table.table_name)
    guard(app)


def settings_from(app: App) -> Settings:
    """The stage's settings with what the deployer may choose: e-mail, boundary, signing keys."""
    stage = _context(app, "stage", "dev")
    if stage not in STAGES:
        message = f"there is no stage {stage!r}: choose one of {', '.join(STAGES)}"
        raise UnknownStageError(message)
    settings = STAGES[stage]
    return replace(
        settings,
        alarm_email=_context(app, "alarm_email", ""),
        permissions_boundary=_context(app, "permissions_boundary", ""),
        signing_key_generations=_generations(_context(app, "signing_keys", "1")),
    )


def _context(app: App, name: str, default: str) -> str:
    value: Any = app.node.try_get_context(name)
    return default if value is None else str(value)


def _generations(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(word) for word in text.split(",")))
