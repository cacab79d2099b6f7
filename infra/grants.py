"""What each function may do. Every line is one right that its code uses."""

import json
from dataclasses import dataclass

from aws_cdk import Fn
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_sqs as sqs

from infra.channels import Channels
from infra.function import Function
from infra.nag import accept_wildcard
from infra.secrets import Secrets

_WRITE = ["dynamodb:PutItem", "dynamodb:UpdateItem"]
_PREFIX_REASON = "Object names hold job ids and checksums that do not exist yet; the right ends at this prefix."


@dataclass(frozen=True, slots=True)
class Grants:
    """The resources that rights are given on."""

    table: dynamodb.Table
    data_stack_name: str
    queue: sqs.Queue
    secrets: Secrets
    channels: Channels

    def query_index(self, function: Function, *indexes: str) -> None:
        """Query the named indexes."""
        function.allow(["dynamodb:Query"], [f"{self.table.table_arn}/index/{index}" for index in indexes])

    def batch_get(self, function: Function) -> None:
        """Read many items at once."""
        function.allow(["dynamodb:BatchGetItem"], [self.table.table_arn])

    def query_rows(self, function: Function) -> None:
        """Read a job's rows together."""
        function.allow(["dynamodb:Query"], [self.table.table_arn])

    def get_item(self, function: Function) -> None:
        """Read single items."""
        function.allow(["dynamodb:GetItem"], [self.table.table_arn])

    def write_table(self, function: Function) -> None:
        """Write items, alone and in transactions."""
        function.allow(_WRITE, [self.table.table_arn])

    def update_item(self, function: Function) -> None:
        """Update single items."""
        function.allow(["dynamodb:UpdateItem"], [self.table.table_arn])

    def send_hints(self, function: Function) -> None:
        """Send hints."""
        function.allow(["sqs:SendMessage"], [self.queue.queue_arn])

    def kling(self, function: Function) -> None:
        """Read Kling's key pair."""
        self._secret(function, self.secrets.kling.secret_arn)

    def callbacks(self, function: Function) -> None:
        """Read the callbacks' keys."""
        self._secret(function, self.secrets.callbacks.secret_arn)

    def webhooks(self, function: Function) -> None:
        """Read the master of the endpoints' secrets."""
        self._secret(function, self.secrets.webhooks.secret_arn)

    def send_deliveries(self, function: Function) -> None:
        """Send messages about deliveries."""
        function.allow(["sqs:SendMessage"], [self.channels.deliveries.resource.queue_arn])

    def publish(self, function: Function) -> None:
        """Put events on the bus."""
        function.allow(["events:PutEvents"], [self.channels.bus.resource.event_bus_arn])

    def write_rows(self, function: Function, *actions: str) -> None:
        """Write items in exactly these ways: Put, Update, Delete."""
        function.allow([f"dynamodb:{action}Item" for action in actions], [self.table.table_arn])

    def signing(self, function: Function) -> None:
        """Read the private keys of media links, of every generation."""
        self._secret(function, *(secret.secret_arn for secret in self.secrets.signing.values()))

    def objects(self, function: Function, actions: list[str], *patterns: str) -> None:
        """Act on objects under prefixes; the bucket's ARN is read by name, so that nag's findings have stable ids."""
        bucket_arn = Fn.get_stack_output(self.data_stack_name, "BucketArn")
        function.allow(actions, [f"{bucket_arn}/{pattern}" for pattern in patterns])
        for pattern in patterns:
            accept_wildcard(function.role, f"{self._bucket_in_findings()}/{pattern}", _PREFIX_REASON)

    def _bucket_in_findings(self) -> str:
        reference = {"Fn::GetStackOutput": {"StackName": self.data_stack_name, "OutputName": "BucketArn"}}
        return json.dumps(reference, separators=(",", ":"))

    @staticmethod
    def _secret(function: Function, *arns: str) -> None:
        function.allow(["secretsmanager:GetSecretValue"], [*arns])
