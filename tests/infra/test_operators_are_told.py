"""The stacks tell the operator's command line what it must know."""

from local.stage import Stage
from reelwright.composition.environment import names
from reelwright.composition.stage import OUTPUTS, SETTINGS_OUTPUT, OperatorSettings


def test_every_output_is_there(stage: Stage) -> None:
    """What the command line reads, and no setting that nobody tells."""
    outputs = {name: body for part in ("data", "pipeline") for name, body in stage.templates[part]["Outputs"].items()}
    assert outputs.keys() >= {*OUTPUTS, SETTINGS_OUTPUT}
    told = str(outputs[SETTINGS_OUTPUT]["Value"])
    for variable in names(OperatorSettings) - set(OUTPUTS.values()):
        assert f'"{variable}":' in told
