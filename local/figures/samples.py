"""What only AWS sees, seen from outside: requests and their answers, and how full the queues are."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from local import aws
from local.api import Answer, Api
from local.deployment import Deployment
from local.figures.series import Series

EVERY_SECONDS: Final = 3.0
CLIENT_ERROR, SERVER_ERROR = 400, 500


@dataclass(slots=True)
class Samples:
    """Requests as (time, status, milliseconds), and the depth of each queue as (time, messages)."""

    requests: list[tuple[int, int, float]] = field(default_factory=list)
    depths: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def read_into(self, series: Series, api_id: str) -> None:
        """Add what API Gateway and SQS would have told."""
        at = {"ApiId": api_id}
        for at_ms, status, took in self.requests:
            series.put("AWS/ApiGateway", "Count", at, at_ms)
            series.put("AWS/ApiGateway", "Latency", at, at_ms, took)
            if status >= CLIENT_ERROR:
                series.put("AWS/ApiGateway", "5xx" if status >= SERVER_ERROR else "4xx", at, at_ms)
        for queue, seen in self.depths.items():
            for at_ms, depth in seen:
                series.put("AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": queue}, at_ms, depth)


@dataclass(frozen=True, slots=True)
class Watched(Api):
    """A client of the API whose every request is a sample."""

    samples: Samples = field(default_factory=Samples)

    def call(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Answer:
        """See `Api.call`."""
        began = time.time()
        answer = Api.call(self, method, path, body, headers)
        self.samples.requests.append((round(began * 1000), answer.status, (time.time() - began) * 1000))
        return answer


class Sampler(threading.Thread):
    """Looks at every queue now and then until it is stopped."""

    def __init__(self, deployment: Deployment, samples: Samples) -> None:
        super().__init__(daemon=True)
        self._sqs: Any = aws.client(deployment.stack, "sqs")
        self._samples = samples
        self._over = threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        """Sample."""
        urls = self._sqs.list_queues().get("QueueUrls", [])
        while not self._over.is_set():
            for url in urls:
                self.look(url)
            self._over.wait(EVERY_SECONDS)

    def look(self, url: str) -> None:
        """One sample of one queue."""
        name = "ApproximateNumberOfMessages"
        found = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name])["Attributes"]
        seen = self._samples.depths.setdefault(url.rpartition("/")[2], [])
        seen.append((time.time_ns() // 1_000_000, int(found[name])))
