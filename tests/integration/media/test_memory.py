import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
TWO_GIB = 2 << 30


def test_two_gib_pass_through_under_256_mib() -> None:
    """A result of 2 GiB arrives byte for byte, with one part of it in memory at a time, and leaves nothing staged."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "layers/reelwright/python")])
    command = [sys.executable, "-m", "tests.integration.media.copy_huge", str(TWO_GIB)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, capture_output=True, check=True)
    told = json.loads(done.stdout)
    assert told["size"] == TWO_GIB
    assert told["sha256"] == told["expected"]
    assert told["peak_mib"] < 256
    assert told["calls"] == {"create": 1, "part": 128, "complete": 1, "copy": 1, "delete": 1, "put": 1}
    assert [key.split("/")[0] for key in told["objects"]] == ["media", "media"]
