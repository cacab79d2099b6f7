"""The embedded AWS: ministack on the loopback interface, with IAM enforced."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from local import decisions
from local.answering import wait_until_it_answers
from local.places import LOOPBACK, free_port
from local.processes import Processes

ROOT_KEY = "test"
"""Ministack's root caller, whose signatures it does not check: only the loopback interface keeps others out.
The functions' roles are sessions with verified signatures, and IAM holds for them."""
REGION = "us-east-1"
ACCOUNT = "000000000000"
BOOT_SECONDS = 60.0
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
"""What the embedded AWS, and so the functions in it, inherit from the caller's environment."""


@dataclass(frozen=True, slots=True)
class Ministack:
    """A running embedded AWS."""

    port: int

    @property
    def endpoint(self) -> str:
        """The address that every AWS client of this run is given."""
        return f"http://{LOOPBACK}:{self.port}"


def start(processes: Processes, concurrency: int = 24) -> Ministack:
    """Boot an embedded AWS on a free port and wait until it is ready. Raises NotStarted."""
    stack = Ministack(free_port())
    notes = {decisions.VARIABLE: str(processes.folder.path / decisions.FILE)}
    told = {**environment(stack, concurrency), **notes}
    process = processes.start("ministack", [sys.executable, "-m", "local.embedded_aws"], told)
    log = processes.folder.log("ministack")
    wait_until_it_answers(process, stack.port, "/_ministack/health", log, BOOT_SECONDS)
    return stack


def environment(stack: Ministack, concurrency: int) -> Mapping[str, str]:
    """The settings of ministack: IAM on, loopback only, no listeners beside its own port."""
    inherited = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return inherited | {
        "AUTH": "true",
        "BIND_HOST": LOOPBACK,
        "GATEWAY_PORT": str(stack.port),
        "MINISTACK_REGION": REGION,
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "AWS_EC2_METADATA_DISABLED": "true",
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "LAMBDA_ACCOUNT_CONCURRENCY": str(concurrency),
        "LAMBDA_WARM_TTL_SECONDS": "600",
        "LOG_LEVEL": "INFO",
        "PYTHONUNBUFFERED": "1",
        "NO_PROXY": f"{LOOPBACK},localhost",
    }
