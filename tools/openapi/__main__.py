"""`python -m tools.openapi` writes docs/openapi.json; with `--check` it only says whether that is up to date."""

import sys

from tools.openapi.document import COMMITTED, text


def main(arguments: list[str]) -> int:
    """0 when the committed document is (now) what the code says."""
    if "--check" in arguments:
        return int(COMMITTED.read_text() != text())
    COMMITTED.parent.mkdir(exist_ok=True)
    COMMITTED.write_text(text())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
