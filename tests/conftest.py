"""What every suite shares: credentials that are nobody's, and no network but loopback."""

import os
from typing import Any

import pytest

from tests.crash import figures as crash
from tests.e2e import figures as fuzz
from tests.support.groups import keep_together

os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_DEFAULT_REGION="eu-central-1",
    POWERTOOLS_SERVICE_NAME="reelwright",
    POWERTOOLS_TRACE_DISABLED="1",
)
os.environ.pop("AWS_PROFILE", None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Behind all hooks that mark tests: what is marked as a group is kept on one worker."""
    if config.getoption("loadgroup", default=False):
        keep_together(items)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what the crash tests and the fuzz tried, where there were any."""
    reports = [*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ())]
    for name, told in (("crash schedules", crash.told), ("fuzz", fuzz.told)):
        lines = list(told(reports))
        if lines:
            terminalreporter.section(name)
            for line in lines:
                terminalreporter.write_line(line)
