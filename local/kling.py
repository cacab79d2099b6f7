"""The Kling endpoint that a run talks to: our simulator, or whichever the caller names."""

import json
import secrets
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from local.answering import NotStarted
from local.ministack import PASSED_ON
from local.processes import Processes

START_SECONDS = 30.0
VARIABLES = ("KLING_BASE_URL", "KLING_ACCESS_KEY", "KLING_SECRET_KEY")


class IncompleteKling(ValueError):
    """Some of the three KLING_ variables are given and others are not."""


@dataclass(frozen=True, slots=True)
class Kling:
    """An endpoint and a key pair. Only a local simulator can call back to this machine."""

    base_url: str
    access_key: str
    secret_key: str = field(repr=False)
    calls_back: bool

    @property
    def host(self) -> str:
        """The host that results may come from, plain http included."""
        return urlsplit(self.base_url).hostname or ""


def given(variables: Mapping[str, str]) -> Kling | None:
    """The endpoint that the caller's environment names, None when it names none. Raises IncompleteKling."""
    values = [variables.get(name, "").strip() for name in VARIABLES]
    if not any(values):
        return None
    if not all(values):
        raise IncompleteKling(f"give all of {', '.join(VARIABLES)}, or none")
    return Kling(values[0].rstrip("/"), values[1], values[2], calls_back=False)


def simulate(
    processes: Processes, environment: Mapping[str, str], time_scale: float, options: Sequence[str] = ()
) -> Kling:
    """Start our Kling simulator on a free port, its time running `time_scale` times faster. Raises NotStarted.

    `options` are further words of its command line.
    """
    access, secret = "AK" + secrets.token_hex(8), secrets.token_urlsafe(24)
    keys = ["--access-key", access, "--secret-key", secret]
    command = [sys.executable, "-m", "tests.simulators.kling", "--port", "0", *keys]
    command += ["--time-scale", str(time_scale), *options]
    inherited = {name: environment[name] for name in PASSED_ON if name in environment}
    process = processes.start("kling", command, inherited | {"PYTHONUNBUFFERED": "1"})
    log = processes.folder.log("kling")
    deadline = time.monotonic() + START_SECONDS
    while "\n" not in (said := log.read_text()):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NotStarted(f"the Kling simulator does not start; see {log}")
        time.sleep(0.05)
    return Kling(json.loads(said.splitlines()[0])["base_url"], access, secret, calls_back=True)
