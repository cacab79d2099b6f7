"""One deployed whole for the session: embedded AWS with IAM enforced, Kling simulator, front door."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from local.api import Api, fetch
from local.deployment import Deployment, Plan, boot
from local.places import RunFolder
from local.processes import Processes
from local.watch import until_terminal
from tests.e2e.orders import NEXT_PAIR, order

GROUP = "e2e"
FINISH_SECONDS = 120.0
LAST = ("test_every_command.py", "test_logs.py")
"""Files whose tests come behind those of all others, in this order."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder share one worker, for they share one deployment; what is about all of it is last."""
    items.sort(key=lambda item: LAST.index(item.path.name) if _is_of_here(item) and item.path.name in LAST else -1)
    for item in items:
        if _is_of_here(item):
            item.add_marker(pytest.mark.xdist_group(GROUP))


def _is_of_here(item: pytest.Item) -> bool:
    return "tests/e2e/" in item.path.as_posix()


@pytest.fixture(scope="session")
def e2e_folder() -> RunFolder:
    """Where the run's logs and notes are."""
    return RunFolder.named(f"e2e-{os.getpid()}")


@pytest.fixture(scope="session")
def deployment(e2e_folder: RunFolder) -> Iterator[Deployment]:
    """Everything deployed and running; every process of it ends with the session."""
    processes = Processes(e2e_folder)
    try:
        more = ("--account", ":".join(NEXT_PAIR))
        yield boot(Plan(e2e_folder, time_scale=100.0, simulator_options=more), processes, print)
    finally:
        processes.end()
        if not os.environ.get("KEEP_LOGS"):
            shutil.rmtree(e2e_folder.path)


@pytest.fixture
def tenant(deployment: Deployment, request: pytest.FixtureRequest) -> str:
    """A tenant of the test's own."""
    return deployment.desk.tenant(request.node.name.partition("[")[0].replace("_", "-")[:60])


@pytest.fixture
def api(deployment: Deployment, tenant: str) -> Api:
    """The API with a key of that tenant."""
    return Api(deployment.base_url, deployment.desk.api_key(tenant))


@pytest.fixture(scope="session")
def fuzz_api(deployment: Deployment) -> Api:
    """The API with a key of a tenant that may order much: hypothesis takes session fixtures only."""
    return Api(deployment.base_url, deployment.desk.api_key(deployment.desk.tenant("fuzz", posts_a_minute=100_000)))


@pytest.fixture(scope="session")
def fuzz_ids(fuzz_api: Api) -> dict[str, str]:
    """What that tenant has, by its name in paths: a finished video, an endpoint where nobody listens, its delivery."""
    video = fuzz_api.submit(order("A paper boat"))["id"]
    until_terminal(lambda: fuzz_api.video(video), lambda _: None, FINISH_SECONDS)
    endpoint = fuzz_api.call("POST", "/v1/webhooks", {"url": "http://127.0.0.1:9/"}).json["id"]
    delivery = fuzz_api.call("POST", f"/v1/webhooks/{endpoint}/test").json["id"]
    return {"video_id": video, "endpoint_id": endpoint, "delivery_id": delivery}


@pytest.fixture
def finished(api: Api) -> Callable[[str], dict[str, Any]]:
    """Waits for a job's end."""
    return lambda job_id: until_terminal(lambda: api.video(job_id), lambda _: None, FINISH_SECONDS)


@pytest.fixture
def fault(deployment: Deployment) -> Iterator[Callable[..., None]]:
    """Scripts faults of the Kling simulator; forgotten after the test."""

    def add(name: str, match: dict[str, str], times: int | None = 1) -> None:
        rule = {"fault": name, "match": match, "times": times}
        answer = fetch(
            "POST",
            f"{deployment.kling.base_url}/_control/faults",
            json.dumps(rule).encode(),
            {"Content-Type": "application/json"},
        )
        assert answer.status in {200, 201}, answer.body

    yield add
    fetch("DELETE", f"{deployment.kling.base_url}/_control/faults")


@pytest.fixture
def at_once() -> Iterator[ThreadPoolExecutor]:
    """Ten callers at the same time."""
    with ThreadPoolExecutor(10) as pool:
        yield pool
