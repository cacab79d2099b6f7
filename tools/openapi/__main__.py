"""`python -m tools.openapi` writes docs/openapi.json and the schemas that functions read bodies by.

With `--check` it only says whether they are up to date.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from tools.openapi import document, request_shape


def main(arguments: list[str]) -> int:
    """0 when the committed files are (now) what the code says."""
    if "--check" in arguments:
        return int(any(not path.exists() or path.read_text() != text for path, text in _files()))
    for path, text in _files():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return 0


def _files() -> Iterator[tuple[Path, str]]:
    yield document.COMMITTED, document.text()
    yield from request_shape.files()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
