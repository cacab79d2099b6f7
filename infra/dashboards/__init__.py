"""Three dashboards: what the business gets, how the pipeline works, how the provider behaves."""

from aws_cdk import CfnOutput
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.alarming import Alarms
from infra.dashboards.business import business
from infra.dashboards.panel import Row
from infra.dashboards.pipeline import pipeline
from infra.dashboards.provider import provider
from infra.figures import Ours
from infra.settings import Settings
from infra.watched import Watched


class Dashboards(Construct):
    """The three, each with an output that says where it is."""

    def __init__(self, scope: Construct, settings: Settings, watched: Watched, alarms: Alarms) -> None:
        super().__init__(scope, "Dashboards")
        self._stage = settings.stage
        ours = Ours(settings.service)
        self._add("Business", business(ours, settings.alarms))
        self._add("Pipeline", pipeline(ours, watched, tuple(alarms.by_name.values())))
        self._add("Provider", provider(ours))

    def _add(self, name: str, rows: list[Row]) -> None:
        board = cloudwatch.Dashboard(
            self,
            name,
            dashboard_name=f"reelwright-{self._stage}-{name.lower()}",
            widgets=rows,
            period_override=cloudwatch.PeriodOverride.AUTO,
        )
        CfnOutput(self, f"{name}Url", value=_console(board), description=f"The {name.lower()} dashboard")


def _console(board: cloudwatch.Dashboard) -> str:
    region = board.stack.region
    return f"https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}#dashboards/dashboard/{board.dashboard_name}"
