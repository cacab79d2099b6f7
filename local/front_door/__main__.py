"""`python -m local.front_door SETTINGS.json`: serve until told to end."""

import signal
import sys
from pathlib import Path
from types import FrameType

from local.front_door.server import serve
from local.front_door.settings import Settings


def end(_number: int, _frame: FrameType | None) -> None:
    """Leave at once; answers on their way are cut."""
    sys.exit(0)


def main() -> None:
    """Listen with the settings of the file that is the one argument."""
    signal.signal(signal.SIGTERM, end)
    with serve(Settings.read(Path(sys.argv[1]))) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
