"""What the embedded AWS cannot do, taken out of the templates; every change is named, so that it can be printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from local.ffmpeg import ffmpeg
from local.policies import with_task_tokens, without_source_account, without_tls_demands
from tools.deploy.assembly import Template

KEY_PAIR_ID: Final = "KEMBEDDED0001"
"""Stands for the id of the CloudFront public key that signed links name; the front door trusts it."""

GONE: Final = object()

LEFT_OUT: Final[Mapping[str, str]] = {
    "AWS::CloudFront::PublicKey": "the front door checks signed links with the public key instead",
    "AWS::CloudFront::KeyGroup": "the front door checks signed links with the public key instead",
    "AWS::CloudWatch::CompositeAlarm": "nobody is paged from this machine",
    "AWS::Logs::QueryDefinition": "there is no Logs Insights here",
    "AWS::Events::Archive": "nobody tells old events again on this machine",
}
"""Resource types that ministack's CloudFormation does not know, and why they are not missed here."""


@dataclass(frozen=True, slots=True)
class Adapted:
    """A template that the embedded AWS can deploy, and what was changed for that."""

    template: Template
    changes: tuple[str, ...]


def adapt(template: Template) -> Adapted:
    """Take out what cannot be deployed here, and let finalize use this machine's FFmpeg."""
    resources: dict[str, Any] = template.get("Resources", {})
    removed = {name: row["Type"] for name, row in resources.items() if _reason(row)}
    kept = {name: row for name, row in resources.items() if name not in removed}
    kept, in_clear = without_tls_demands(kept)
    kept, tokens = with_task_tokens(kept)
    kept, sources = without_source_account(kept)
    secrets = {name for name, row in kept.items() if row["Type"] == "AWS::SecretsManager::Secret"}
    smaller: Template = _by_arn(_replaced({**template, "Resources": kept}, removed), secrets)
    changes = [f"without {kind} {name}: {_reason(resources[name])}" for name, kind in sorted(removed.items())]
    named = ["secrets are referred to by their Id: `Ref` gives a name here, not the ARN"] if secrets else []
    return Adapted(smaller, (*changes, *in_clear, *tokens, *sources, *named, *_use_own_ffmpeg(smaller)))


def _reason(row: Mapping[str, Any]) -> str:
    """Why the resource is left out, "" when it is not."""
    properties = row.get("Properties", {})
    if row["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in properties:
        return "metric mathematics is not known here"
    if row["Type"] == "AWS::Lambda::LayerVersion" and str(properties.get("Description", "")).endswith("media"):
        return "this machine's FFmpeg is used, for layers are not unpacked to /opt here"
    return LEFT_OUT.get(row["Type"], "")


def _replaced(value: Any, removed: Mapping[str, str]) -> Any:
    """The same tree without its references to removed resources; lists and mappings lose what became GONE."""
    if isinstance(value, dict):
        if (kind := removed.get(_referred(value))) is not None:
            return KEY_PAIR_ID if kind == "AWS::CloudFront::PublicKey" else GONE
        items = {key: _replaced(part, removed) for key, part in value.items()}
        return {key: part for key, part in items.items() if part is not GONE}
    if isinstance(value, list):
        parts = [_replaced(part, removed) for part in value]
        return [part for part in parts if part is not GONE]
    return GONE if isinstance(value, str) and value in removed else value


def _by_arn(value: Any, secrets: set[str]) -> Any:
    """The same tree with `Ref`s to secrets as `Fn::GetAtt`s of their Id, which is the ARN on AWS as well."""
    if isinstance(value, dict):
        if value.get("Ref") in secrets:
            return {"Fn::GetAtt": [value["Ref"], "Id"]}
        return {key: _by_arn(part, secrets) for key, part in value.items()}
    return [_by_arn(part, secrets) for part in value] if isinstance(value, list) else value


def _referred(value: Mapping[str, Any]) -> str:
    """The logical id that a `Ref` or `Fn::GetAtt` names, "" when the mapping is neither."""
    named = value.get("Ref") or next(iter(value.get("Fn::GetAtt", ())), "")
    return named if isinstance(named, str) else ""


def _use_own_ffmpeg(template: Template) -> list[str]:
    """Name this machine's binary: a layer's file would not be executable here."""
    changes = []
    for name, row in template["Resources"].items():
        variables = row.get("Properties", {}).get("Environment", {}).get("Variables", {})
        if row["Type"] == "AWS::Lambda::Function" and "FFMPEG_PATH" in variables:
            variables["FFMPEG_PATH"] = ffmpeg()
            changes.append(f"{name} runs this machine's FFmpeg")
    return changes
