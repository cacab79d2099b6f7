"""A stage on moto, the pipeline on it, and the operator's command line in front of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from reelwright.adapters.aws.clients import client
from reelwright.adapters.clock import RandomIds
from reelwright.composition.ops import Toolbox
from reelwright.composition.ops.letters import letters
from reelwright.composition.stage import OperatorSettings
from reelwright.domain.job import Job
from reelwright.ops.main import main
from reelwright.use_cases.ops.kling_books import Deduction, Pack
from tests.support import table
from tests.support.fake_telemetry import FakeTelemetry
from tests.support.fakes import START_MS, FakeClock
from tests.support.pipeline import Pipeline

TABLE = "reelwright"
MONTH = "2026-09"
QUEUES = ("hints", "dead", "sweep-dead", "deliveries", "deliveries-dead", "announce-dead")
ROLE = "arn:aws:iam::123456789012:role/machine"
DEFINITION = json.dumps({"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 9, "End": True}}})


@dataclass
class FakeBilling:
    """Kling's books, as the test writes them."""

    rows: list[Deduction] = field(default_factory=list)
    have: list[Pack] = field(default_factory=list)

    def packs(self, start_ms: int, end_ms: int) -> tuple[Pack, ...]:
        del start_ms, end_ms
        return tuple(self.have)

    def deductions(self, start_ms: int, end_ms: int) -> Iterator[Deduction]:
        return (row for row in self.rows if row.at_ms is None or start_ms <= row.at_ms <= end_ms)


class Office:
    """Everything that an operator touches. `run` gives the exit code; what was printed is read by `capsys`."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.dynamodb: Any = client("dynamodb")
        self.sqs, self.secrets, self.s3 = client("sqs"), client("secretsmanager"), client("s3")
        table.create(self.dynamodb, TABLE)
        self.given = self._made()
        self.pipeline = Pipeline(self.dynamodb, TABLE, clock=self.clock, ids=RandomIds(self.clock))  # type: ignore[arg-type]
        self.telemetry = FakeTelemetry()
        self.box = Toolbox(self.given, self.clock, self.telemetry)
        self.billing = FakeBilling()
        vars(self.box.reach).update(
            kling=self.pipeline.provider,
            billing={"main": self.billing},
            workflows=self.pipeline.workflows,
            hints=self.pipeline.hints,
        )
        self.box.dead_letters = replace(self.box.dead_letters, letters=letters(self.given, wait_seconds=0))

    def run(self, line: str) -> int:
        """Run one command."""
        return main(line.split(), lambda _stage: self.box)

    def rows(self) -> dict[tuple[str, str], Any]:
        """The whole table."""
        pages = self.dynamodb.get_paginator("scan").paginate(TableName=TABLE)
        return {(row["pk"]["S"], row["sk"]["S"]): row for page in pages for row in page["Items"]}

    def audits(self) -> list[Any]:
        """The audit rows."""
        return [row for (pk, _), row in sorted(self.rows().items()) if pk.startswith("AUDIT#")]

    def change(self, pk: str, sk: str, **fields: Any) -> None:
        """Spoil a row; None takes a field away."""
        for name, value in fields.items():
            change = "SET #n = :v" if value is not None else "REMOVE #n"
            values = {"ExpressionAttributeValues": {":v": value}} if value is not None else {}
            self.dynamodb.update_item(
                TableName=TABLE,
                Key={"pk": {"S": pk}, "sk": {"S": sk}},
                UpdateExpression=change,
                ExpressionAttributeNames={"#n": name},
                **values,
            )

    def delete(self, pk: str, sk: str) -> None:
        """Lose a row."""
        self.dynamodb.delete_item(TableName=TABLE, Key={"pk": {"S": pk}, "sk": {"S": sk}})

    def secret(self, arn: str) -> dict[str, Any]:
        """A secret's fields."""
        fields: dict[str, Any] = json.loads(self.secrets.get_secret_value(SecretId=arn)["SecretString"])
        return fields

    def succeeded(self, units: str = "1.5") -> Job:
        """A job of the tenant acme that is over, with Kling's deduction of it."""
        job_id = self.pipeline.submit().job_id
        self.pipeline.dispatch(job_id)
        self.pipeline.provider.finish(f"{job_id}-1", units)
        self.pipeline.finalizing.finalize(job_id, 1)
        job = self.pipeline.job(job_id)
        assert job.captured is not None
        self.billing.rows.append(Deduction(str(job.attempt.task_id), job.captured, self.clock.at_ms))
        return job

    def _made(self) -> OperatorSettings:
        queues = {name: self.sqs.create_queue(QueueName=name)["QueueUrl"] for name in QUEUES}
        self.s3.create_bucket(Bucket="media", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        kling = {"access_key": "AK", "secret_key": "SK", "second.access_key": "AK2", "second.secret_key": "SK2"}
        callbacks = {"capability_key": "k" * 32, "kling_webhook_secrets": []}
        machine = client("stepfunctions").create_state_machine(name="machine", definition=DEFINITION, roleArn=ROLE)
        return OperatorSettings(
            table_name=TABLE,
            media_bucket="media",
            hints_queue_url=queues["hints"],
            dead_letters_url=queues["dead"],
            sweep_dead_letters_url=queues["sweep-dead"],
            deliveries_queue_url=queues["deliveries"],
            delivery_dead_letters_url=queues["deliveries-dead"],
            announce_dead_letters_url=queues["announce-dead"],
            state_machine_arn=machine["stateMachineArn"],
            kling_base_url="https://kling.example.com",
            kling_secret_arn=self.secrets.create_secret(Name="kling", SecretString=json.dumps(kling))["ARN"],
            callbacks_secret_arn=self.secrets.create_secret(Name="cb", SecretString=json.dumps(callbacks))["ARN"],
            webhooks_secret_arn=self.secrets.create_secret(Name="w", SecretString='{"master_key": "m"}')["ARN"],
            media_secret_arns=tuple(
                self.secrets.create_secret(Name=f"media-{number}", SecretString="{}")["ARN"] for number in (1, 2)
            ),
            kling_accounts=("main",),
            lane_slots=2,
            lane_requests_per_minute=0,
            hint_repair_seconds=60,
            slot_lease_seconds=900,
            watch_seconds=300,
            media_link_seconds=3_600,
            webhook_secret_overlap_hours=24,
        )


assert START_MS // 1000 == 1_790_000_000, "MONTH is the month of START_MS"
