"""What alarms and dashboards watch of the other stacks, as metrics of AWS's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn

from infra.figures import HIGHEST, TOTAL, theirs, worked_out
from infra.function import Function
from infra.table import INDEXES

RAISING = frozenset({"poll", "finalize"})
"""These tell the state machine by errors that a task is not done: their errors are answers."""

AT_THE_DOOR = frozenset({"authorizer", "submit", "query", "endpoints", "webhook"})
"""A client waits for these. An alarm can add up ten series at most, so they are watched apart from the others."""


@dataclass(frozen=True, slots=True)
class Watched:
    """The resources, by what is asked of them."""

    functions: Mapping[str, Function]
    api_id: str
    table_name: str
    machine: sfn.StateMachine
    hints: sqs.Queue
    dead: Mapping[str, sqs.Queue] = field(default_factory=dict)

    def api(self, name: str, statistic: str = TOTAL, minutes: int = 5) -> cloudwatch.Metric:
        """A metric of the HTTP API: Count, 4xx, 5xx, Latency."""
        return theirs("AWS/ApiGateway", name, {"ApiId": self.api_id}, statistic, minutes)

    def depth(self, queue: sqs.Queue) -> cloudwatch.Metric:
        """How many messages wait to be received."""
        name = "ApproximateNumberOfMessagesVisible"
        return theirs("AWS/SQS", name, {"QueueName": queue.queue_name}, HIGHEST, 1)

    def failed_executions(self, minutes: int = 5) -> cloudwatch.MathExpression:
        """Executions that ended without having finished their job."""
        names = {"failed": "ExecutionsFailed", "timed_out": "ExecutionsTimedOut", "aborted": "ExecutionsAborted"}
        arn = {"StateMachineArn": self.machine.state_machine_arn}
        using = {key: theirs("AWS/States", name, arn, TOTAL, minutes) for key, name in names.items()}
        expression = "FILL(failed, 0) + FILL(timed_out, 0) + FILL(aborted, 0)"
        return worked_out(expression, using, minutes, label="Failed executions")

    def throttles(self) -> cloudwatch.MathExpression:
        """Invocations behind the door that Lambda turned away: they come again."""
        names = tuple(name for name in self.functions if name not in AT_THE_DOOR)
        return self._all("Throttles", names, 1, label="Throttles behind the door")

    def throttles_at_the_door(self) -> cloudwatch.MathExpression:
        """Requests that Lambda turned away: their clients were answered 503."""
        return self._all("Throttles", tuple(sorted(AT_THE_DOOR)), 1, label="Throttles at the door")

    def errors(self) -> cloudwatch.MathExpression:
        """Invocations that ended with an error that nobody foresaw."""
        return self._all("Errors", tuple(name for name in self.functions if name not in RAISING), 5)

    def table_throttles(self) -> cloudwatch.MathExpression:
        """Reads and writes that the table or an index turned away: the figure of a table leaves its indexes out."""
        at = {"TableName": self.table_name}
        places = {"table": at} | {name: at | {"GlobalSecondaryIndexName": name} for name in INDEXES}
        using = {
            f"{kind.lower()}s_{place}": theirs("AWS/DynamoDB", f"{kind}ThrottleEvents", where, TOTAL, 1)
            for place, where in places.items()
            for kind in ("Read", "Write")
        }
        return worked_out(_sum_of(using), using, 1, label="Throttled reads and writes")

    def _all(
        self, name: str, functions: tuple[str, ...], minutes: int, *, label: str = ""
    ) -> cloudwatch.MathExpression:
        using = {f"{name.lower()}_{one}": self.function(one, name, minutes=minutes) for one in functions}
        return worked_out(_sum_of(using), using, minutes, label=label or name)

    def function(self, name: str, metric: str, statistic: str = TOTAL, minutes: int = 5) -> cloudwatch.Metric:
        """A metric of one function."""
        at = {"FunctionName": self.functions[name].resource.function_name}
        return theirs("AWS/Lambda", metric, at, statistic, minutes)


def _sum_of(names: Iterable[str]) -> str:
    return " + ".join(f"FILL({one}, 0)" for one in names)
