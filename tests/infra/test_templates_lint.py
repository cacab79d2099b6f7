"""cfn-lint knows CloudFormation's own schemas, which neither cdk-nag nor our assertions look at."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from local.stage import Stage

_REDUNDANT_DEPENDENCY = "W3005"  # CDK names the role beside its policies, whatever else refers to the role
_LINT = Path(sys.executable).with_name("cfn-lint")


def test_no_template_has_a_finding(synthesized: Callable[[str], Stage], guarded: Stage) -> None:
    """Not even a warning, in the stage that has everything and in the two that differ from it; no network needed."""
    stages = (guarded, synthesized("dev"), synthesized("embedded"))
    templates = [str(path) for stage in stages for path in sorted(stage.folder.glob("*.template.json"))]
    done = subprocess.run(
        [str(_LINT), "--ignore-checks", _REDUNDANT_DEPENDENCY, "--", *templates],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(templates) >= 13
