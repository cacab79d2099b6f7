"""What every suite shares: credentials that are nobody's, and no network but loopback."""

import os
from typing import Any

from tests.crash.figures import told

os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_DEFAULT_REGION="eu-central-1",
    POWERTOOLS_SERVICE_NAME="reelwright",
    POWERTOOLS_TRACE_DISABLED="1",
)
os.environ.pop("AWS_PROFILE", None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what the crash tests tried, where there were any."""
    lines = list(told([*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ())]))
    if lines:
        terminalreporter.section("crash schedules")
        for line in lines:
            terminalreporter.write_line(line)
