"""What every stack of the app has: a name by stage, tags, a description, the permissions boundary."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.settings import SERVICE, Settings


class Stack(cdk.Stack):
    """A stack named `reelwright-<stage>-<part>`, tagged by service, stage, owner and cost centre."""

    def __init__(  # noqa: PLR0913 - a stack's name, and what it is like
        self,
        scope: Construct,
        part: str,
        settings: Settings,
        what: str,
        *,
        protected: bool = False,
        region: str | None = None,
    ) -> None:
        super().__init__(
            scope,
            part,
            stack_name=f"{SERVICE}-{settings.stage}-{part.lower()}",
            description=f"Reelwright {settings.stage}: {what}",
            env=cdk.Environment(region=region),
            termination_protection=protected,
            synthesizer=cdk.DefaultStackSynthesizer(generate_bootstrap_version_rule=False),
            tags=_tags(settings),
        )
        for key, value in _tags(settings).items():
            cdk.Tags.of(self).add(key, value)
        if settings.permissions_boundary:
            boundary = iam.ManagedPolicy.from_managed_policy_name(self, "Boundary", settings.permissions_boundary)
            iam.PermissionsBoundary.of(self).apply(boundary)


def _tags(settings: Settings) -> dict[str, str]:
    return {
        "service": SERVICE,
        "stage": settings.stage,
        "owner": settings.owner,
        "cost-centre": settings.cost_centre,
    }
