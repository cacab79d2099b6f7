"""What a tenant, the clock, Kling and somebody behind everybody's back can do to the deployed whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local import aws
from local.api import Api, UnexpectedAnswer, fetch
from local.deployment import Deployment
from local.watch import until_terminal
from reelwright.adapters.aws.table.codec import encode
from tests.e2e.rights.owners import functions

SECONDS = 60.0


@dataclass(frozen=True)
class Means:
    """The deployment, and a tenant of its own."""

    deployment: Deployment
    api: Api
    tenant: str

    def fault(self, name: str, prompt: str) -> None:
        """Have Kling do this wrong with every task of the prompt."""
        rule = {"fault": name, "match": {"prompt": prompt}, "times": None}
        sent = {"Content-Type": "application/json"}
        fetch("POST", f"{self.deployment.kling.base_url}/_control/faults", json.dumps(rule).encode(), sent)

    def put(self, pk: str, sk: str, **fields: object) -> None:
        """Change a row behind everybody's back."""
        self._update(pk, sk, fields)

    def outdate(self, pk: str, sk: str, **fields: object) -> None:
        """The same with a row that counts its writes: whoever has read it already can no longer save what it read."""
        self._update(pk, sk, fields, " ADD version :one", {":one": 1})

    def _update(
        self, pk: str, sk: str, fields: Mapping[str, object], more: str = "", given: Mapping[str, object] | None = None
    ) -> None:
        values = {f":{name}": value for name, value in fields.items()} | dict(given or {})
        aws.client(self.deployment.stack, "dynamodb").update_item(
            TableName=self.deployment.outputs["TableName"],
            Key=encode({"pk": pk, "sk": sk}),
            ConditionExpression="attribute_exists(pk)",
            UpdateExpression="SET " + ", ".join(f"{name} = :{name}" for name in fields) + more,
            ExpressionAttributeValues=encode(values),
        )

    def invoke(self, function: str, event: object) -> Any:
        """Call a function as AWS does; what it answered."""
        return invoke(self.deployment, function, event)

    def end_of(self, job: dict[str, Any]) -> None:
        """Wait for a job's end. Raises TookTooLong."""
        until_terminal(lambda: self.api.video(job["id"]), lambda _: None, SECONDS)

    def ok(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> Any:
        """Ask the API; what it answered. Raises UnexpectedAnswer when it refused."""
        answer = self.api.call(method, path, body, headers)
        if answer.status >= 300:
            raise UnexpectedAnswer(f"{method} {path} gave {answer.status}: {answer.body[:300]!r}")
        return answer.json if answer.body else None

    def messages(self, queue_url: str) -> int:
        """How many wait in a queue."""
        asked = {"QueueUrl": queue_url, "AttributeNames": ["ApproximateNumberOfMessages"]}
        told = aws.client(self.deployment.stack, "sqs").get_queue_attributes(**asked)["Attributes"]
        return int(told["ApproximateNumberOfMessages"])


def invoke(deployment: Deployment, function: str, event: object) -> Any:
    """Call a function directly; its answer or its error, as Lambda tells it."""
    name = functions(deployment)[function]["FunctionName"]
    answer = aws.client(deployment.stack, "lambda").invoke(FunctionName=name, Payload=json.dumps(event))
    return json.loads(answer["Payload"].read() or b"null")


def renew(deployment: Deployment, function: str, **settings: str) -> None:
    """Have a function start anew, which has read no secret yet, with these variables changed."""
    found = functions(deployment)[function]
    told = {"Variables": found["Environment"]["Variables"] | settings}
    client = aws.client(deployment.stack, "lambda")
    client.update_function_configuration(FunctionName=found["FunctionName"], Environment=told)
