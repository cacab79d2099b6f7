"""What every suite shares: credentials that are nobody's, and no network but loopback."""

import os
from collections import Counter
from typing import Any

import pytest

from tests.crash import figures as crash
from tests.e2e import figures as fuzz

os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_DEFAULT_REGION="eu-central-1",
    POWERTOOLS_SERVICE_NAME="reelwright",
    POWERTOOLS_TRACE_DISABLED="1",
)
os.environ.pop("AWS_PROFILE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of tests under one name, pytest-xdist would run one."""
    if twice := [name for name, count in Counter(item.nodeid for item in items).items() if count > 1]:
        raise pytest.UsageError(f"several tests are called {', '.join(twice)}")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what the crash tests and the fuzz tried, where there were any."""
    reports = [*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ())]
    for name, told in (("crash schedules", crash.told), ("fuzz", fuzz.told)):
        lines = list(told(reports))
        if lines:
            terminalreporter.section(name)
            for line in lines:
                terminalreporter.write_line(line)
