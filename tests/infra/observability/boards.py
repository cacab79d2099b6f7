"""The dashboards of a synthesized stage."""

import json
from typing import Any

from local.stage import Stage

BOARDS = ("business", "pipeline", "provider")


def board(stage: Stage, name: str) -> dict[str, Any]:
    """A dashboard's body; whatever is only known after deployment stands there as `deployed`."""
    for found in stage.resources("AWS::CloudWatch::Dashboard").values():
        if found["Properties"]["DashboardName"] == f"reelwright-{stage.name}-{name}":
            joined = found["Properties"]["DashboardBody"]["Fn::Join"][1]
            body: dict[str, Any] = json.loads("".join(p if isinstance(p, str) else "deployed" for p in joined))
            return body
    raise AssertionError(name)
