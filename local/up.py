"""`make up`: everything left running behind one front door."""

import argparse
import json
import os
import sys

from local import kling
from local.answering import answers
from local.demo import ORDER, Steps
from local.deployment import Deployment, Plan, boot
from local.places import RunFolder
from local.processes import Processes, leave_on_sigterm

RUN = "up"


def main() -> int:
    """Start everything and leave it; 0 when it runs."""
    parser = argparse.ArgumentParser(prog="python -m local.up", description=__doc__)
    parser.add_argument("--port", type=int, default=8080, help="where the front door listens (default: 8080)")
    port: int = parser.parse_args().port
    leave_on_sigterm()
    folder = RunFolder.named(RUN)
    processes = Processes(folder)
    if processes.recorded() and answers(port, "/health"):
        print(f"It runs already at http://127.0.0.1:{port}; `make down` ends it.")
        return 0
    processes.end()
    try:
        welcome(boot(Plan(folder, port, kling.given(os.environ)), processes, Steps()))
    except BaseException as error:
        processes.end()
        if not isinstance(error, Exception):
            raise
        print(f"\nIt does not start: {type(error).__name__}: {error}\nLogs: {folder.path}", file=sys.stderr)
        return 1
    return 0


def welcome(deployment: Deployment) -> None:
    """Print what the newcomer can do now."""
    desk = deployment.desk
    key = desk.api_key(desk.tenant("you"))
    body = json.dumps(ORDER)
    print(f"""
API key   {key}

curl -sS {deployment.base_url}/v1/videos -H 'Authorization: Bearer {key}' \\
  -H 'Content-Type: application/json' -d '{body}'

curl -sS {deployment.base_url}/v1/videos -H 'Authorization: Bearer {key}'

`make down` ends it.""")


if __name__ == "__main__":
    sys.exit(main())
