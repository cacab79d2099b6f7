"""`make down`: every process that a run started is ended by its id, and what the runs left on disk is removed."""

import shutil

from local.places import RUNS, RunFolder
from local.processes import Processes


def main() -> None:
    """End every recorded run."""
    ended = [name for record in RUNS.glob("*/run.json") for name in Processes(RunFolder(record.parent)).end()]
    shutil.rmtree(RUNS, ignore_errors=True)
    print(f"Ended {', '.join(ended)}." if ended else "Nothing was running.")


if __name__ == "__main__":
    main()
