"""What is measured, one command each: `python -m benchmarks.<name>`."""

import sys
from pathlib import Path

# The library is not installed: it travels as a layer.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "layers/reelwright/python"))
