"""`make down`: what `make up` or a killed demo started is ended by its ids, and what it left on disk is removed."""

import contextlib
import shutil

from local.places import RUNS, RunFolder
from local.processes import Processes

ENDED_HERE = ("up", "demo")


def main() -> None:
    """End the recorded runs of one's own hand; those of a test session end with their session."""
    ended = [name for run in ENDED_HERE for name in end(RunFolder(RUNS / run))]
    (RUNS / "demo.mp4").unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # another run still stands there, or nothing ever did
        RUNS.rmdir()
    print(f"Ended {', '.join(ended)}." if ended else "Nothing was running.")


def end(folder: RunFolder) -> list[str]:
    """End one run and remove its folder; the names of what still ran."""
    ended = Processes(folder).end()
    shutil.rmtree(folder.path, ignore_errors=True)
    return ended


if __name__ == "__main__":
    main()
