"""What the deployer may choose by context (`-c name=value`); whatever is left empty is as the stage has it."""

from dataclasses import replace
from typing import Any

from aws_cdk import App

from infra.settings import AlarmSettings, GuardSettings, PipelineSettings, Settings
from infra.stages import STAGES

_ON_OFF = {"on": True, "off": False}


class UnknownStageError(Exception):
    """The context names a stage that there is not."""


class ImpossibleChoiceError(Exception):
    """A value in the context that cannot be; the message names it."""


def settings_from(app: App) -> Settings:
    """The stage's settings with what the deployer chose. Raises UnknownStageError, ImpossibleChoiceError."""
    stage = context(app, "stage", "dev")
    if stage not in STAGES:
        message = f"there is no stage {stage!r}: choose one of {', '.join(STAGES)}"
        raise UnknownStageError(message)
    settings = STAGES[stage]
    return replace(
        settings,
        alarm_email=context(app, "alarm_email", ""),
        permissions_boundary=context(app, "permissions_boundary", ""),
        signing_key_generations=_generations(context(app, "signing_keys", "1")),
        guards=_guards(app, settings.guards),
        pipeline=_traced(app, settings.pipeline),
        alarms=_answered(app, settings.alarms),
    )


def context(app: App, name: str, default: str) -> str:
    """A value of the context as text."""
    value: Any = app.node.try_get_context(name)
    return default if value is None else str(value)


def _traced(app: App, given: PipelineSettings) -> PipelineSettings:
    chosen = replace(
        given,
        tracing=_switch(app, "tracing", given.tracing),
        otlp_endpoint=context(app, "otlp_endpoint", given.otlp_endpoint),
    )
    if chosen.otlp_endpoint and not chosen.otlp_endpoint.startswith("https://"):
        raise ImpossibleChoiceError("otlp_endpoint is an https address that ends in /v1/traces")
    return chosen


def _answered(app: App, given: AlarmSettings) -> AlarmSettings:
    """Where the runbooks are read; without an address a description names their path in the tree."""
    chosen = replace(given, runbooks=context(app, "runbooks", "") or given.runbooks)
    address = chosen.runbooks != given.runbooks
    if address and not (chosen.runbooks.startswith("https://") and chosen.runbooks.endswith("/")):
        raise ImpossibleChoiceError("runbooks is an https address that ends in /")
    return chosen


def _guards(app: App, given: GuardSettings) -> GuardSettings:
    chosen = replace(
        given,
        waf=_switch(app, "waf", given.waf),
        own_key=_switch(app, "own_key", given.own_key),
        reserve_concurrency=_switch(app, "reserve_concurrency", given.reserve_concurrency),
        web_acl_arn=context(app, "web_acl_arn", ""),
        domain=context(app, "domain", ""),
        certificate_arn=context(app, "certificate_arn", ""),
    )
    if bool(chosen.domain) != bool(chosen.certificate_arn):
        raise ImpossibleChoiceError("domain and certificate_arn go together: give both or neither")
    return chosen


def _switch(app: App, name: str, default: bool) -> bool:  # noqa: FBT001 - of which there is one for each switch
    text = context(app, name, "")
    if not text:
        return default
    if text not in _ON_OFF:
        message = f"{name} is 'on' or 'off', not {text!r}"
        raise ImpossibleChoiceError(message)
    return _ON_OFF[text]


def _generations(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(word) for word in text.split(",")))
