"""The two handlers of telling on moto, with what stands around them."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from reelwright.adapters.aws.clients import client
from tests.support.pipeline import Pipeline
from tests.support.telling import Telling

FUNCTIONS = Path(__file__).resolve().parents[3] / "functions"


@dataclass
class Stage:
    """A table, a bus with a listening queue, the queue of deliveries, and the two functions."""

    telling: Telling
    pipeline: Pipeline
    queue: str
    heard: str
    announce: ModuleType
    deliver: ModuleType

    def messages(self, url: str) -> list[str]:
        found = client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
        return [one["Body"] for one in found.get("Messages", [])]

    def canceled(self) -> str:
        job = self.pipeline.submit().job_id
        self.pipeline.canceling.cancel("acme", job)
        return job

    def records(self) -> list[dict[str, Any]]:
        rows = self.telling.rows("OUTBOX#")
        return [
            {"eventName": "INSERT", "dynamodb": {"SequenceNumber": str(number), "NewImage": row}}
            for number, row in enumerate(rows, start=1)
        ]


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"told_{name}", FUNCTIONS / name / "handler.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
