"""Packages built and the CDK app synthesized for the embedded stage, each in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from local.places import CHECKOUT

STAGE = "embedded"


class StepFailed(RuntimeError):
    """A command ended with an error; the message is the end of what it said."""


def build() -> None:
    """Build the functions and layers for this interpreter. Raises StepFailed."""
    _run([sys.executable, "-m", "tools.build", "--target", STAGE], {})


def synthesize(out: Path) -> None:
    """Write the cloud assembly of the embedded stage to `out`, as the CDK CLI would. Raises StepFailed."""
    context = json.loads((CHECKOUT / "cdk.json").read_text()).get("context", {}) | {"stage": STAGE}
    _run([sys.executable, "app.py"], {"CDK_OUTDIR": str(out), "CDK_CONTEXT_JSON": json.dumps(context)})


def _run(command: Sequence[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        command,
        cwd=CHECKOUT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StepFailed(f"{' '.join(command[1:])} failed:\n{done.stdout[-4000:]}")
