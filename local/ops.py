"""The operator's command line, which for the stage `embedded` finds the embedded AWS of a run on this machine."""

import os
import sys

from local.front_door.settings import Settings
from local.ministack import REGION, ROOT_KEY, Ministack
from local.places import RunFolder
from reelwright.ops.main import main as operate
from reelwright.ops.main import parser

STAGE = "embedded"


def main() -> int:
    """Run one command; its exit code."""
    words = sys.argv[1:]
    if parser().parse_args(words).stage == STAGE and not point_at(RunFolder.named(os.environ.get("RUN", "up"))):
        print("No embedded AWS runs here: `make up` starts one.", file=sys.stderr)
        return 3
    return operate(words)


def point_at(folder: RunFolder) -> bool:
    """Let boto3 find the run's embedded AWS by the usual variables; False when there is none."""
    told = folder.path / "front_door.json"
    if not told.exists():
        return False
    os.environ |= {
        "AWS_ENDPOINT_URL": Ministack(Settings.read(told).upstream_port).endpoint,
        "AWS_ACCESS_KEY_ID": ROOT_KEY,
        "AWS_SECRET_ACCESS_KEY": ROOT_KEY,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
    }
    os.environ.pop("AWS_PROFILE", None)
    return True


if __name__ == "__main__":
    sys.exit(main())
