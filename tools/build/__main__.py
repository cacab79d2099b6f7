"""Command line of the packaging."""

import argparse
from pathlib import Path

from tools.build.package import build
from tools.build.targets import TARGETS


def main() -> None:
    """Build one target and say where it stands."""
    parser = argparse.ArgumentParser(prog="python -m tools.build", description=__doc__)
    parser.add_argument("--target", choices=sorted(TARGETS), default="embedded")
    parser.add_argument("--out", type=Path, default=Path("build"), help="receives <target>/ (default: build)")
    arguments = parser.parse_args()
    for line in build(TARGETS[arguments.target], arguments.out):
        print(line)


if __name__ == "__main__":
    main()
