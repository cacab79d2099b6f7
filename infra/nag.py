"""The gate: AwsSolutions checks every resource, and a finding without a reason fails the synthesis."""

from aws_cdk import Acknowledgment, App, Validations
from cdk_nag import AwsSolutionsChecks
from constructs import IConstruct


def guard(app: App) -> None:
    """Attach the rules, once, at the root."""
    Validations.of(app).add_plugins(AwsSolutionsChecks(app, verbose=True))


def accept(construct: IConstruct, reasons: dict[str, str]) -> None:
    """Accept findings on one construct, each with a reason that a stranger can check."""
    for rule, reason in reasons.items():
        Validations.of(construct).acknowledge(Acknowledgment(id=rule, reason=reason))


def accept_wildcard(construct: IConstruct, resource: str, reason: str) -> None:
    """Accept one resource pattern with an asterisk in the policies below a construct."""
    accept(construct, {f"AwsSolutions-IAM5[Resource::{resource}]": reason})
