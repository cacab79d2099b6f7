"""The alarms of a running deployment, judged over what it told: the embedded AWS judges none."""

import json
from collections.abc import Mapping
from typing import Any

from local import aws
from local.deployment import Deployment
from local.figures.bells import Bell, bells
from local.places import RunFolder
from local.stage import Stage


def alarms(folder: RunFolder, deployment: Deployment) -> dict[str, Bell]:
    """Every alarm of the synthesized stage by name, looking at the deployed resources."""
    template = json.loads((folder.path / "cdk.out" / "Observability.template.json").read_text())
    outputs = _outputs(aws.client(deployment.stack, "cloudformation"))
    stage = Stage("embedded", folder.path / "cdk.out", {"observability": _resolved(template, outputs)})
    return bells(stage)


def _outputs(cloudformation: Any) -> dict[tuple[str, str], str]:
    """Every stack's outputs by stack and name."""
    stacks = cloudformation.describe_stacks()["Stacks"]
    return {
        (stack["StackName"], one["OutputKey"]): one["OutputValue"]
        for stack in stacks
        for one in stack.get("Outputs", ())
    }


def _resolved(value: Any, outputs: Mapping[tuple[str, str], str]) -> Any:
    """The same tree with what other stacks tell in place of the references to it."""
    if isinstance(value, dict):
        if told := value.get("Fn::GetStackOutput"):
            return outputs[told["StackName"], told["OutputName"]]
        return {name: _resolved(part, outputs) for name, part in value.items()}
    return [_resolved(part, outputs) for part in value] if isinstance(value, list) else value
