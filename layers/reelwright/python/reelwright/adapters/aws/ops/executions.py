"""The state machine, looked at: implements `use_cases.ops.ports.Executions`."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from reelwright.domain.job import Job
from reelwright.use_cases.ops.records import Event, Execution

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions.client import SFNClient

LATEST = 12
"""How many events of an execution are shown."""


class MachineExecutions:
    """Executions by name: `<job>-<n>` for an attempt, `<job>-<n>-r<k>` for its k-th repair."""

    def __init__(self, client: "SFNClient", machine_arn: str) -> None:
        self._client = client
        self._prefix = machine_arn.replace(":stateMachine:", ":execution:")

    def of(self, job: Job) -> tuple[Execution, ...]:
        """See `Executions.of`; Step Functions forgets them after 90 days."""
        found = (self._execution(name) for name in _names(job))
        return tuple(one for one in found if one is not None)

    def _execution(self, name: str) -> Execution | None:
        arn = f"{self._prefix}:{name}"
        try:
            seen = self._client.describe_execution(executionArn=arn)
        except self._client.exceptions.ExecutionDoesNotExist:
            return None
        stopped = seen.get("stopDate")
        return Execution(
            name,
            seen["status"],
            _ms(seen["startDate"]),
            _ms(stopped) if stopped else None,
            self._events(arn),
        )

    def _events(self, arn: str) -> tuple[Event, ...]:
        answer = self._client.get_execution_history(executionArn=arn, reverseOrder=True, maxResults=LATEST)
        return tuple(Event(_ms(event["timestamp"]), _told(event)) for event in reversed(answer["events"]))


def _names(job: Job) -> list[str]:
    """Every name that an execution of the job can have had."""
    repairs = max(0, job.executions - len(job.attempts))
    names = [attempt.external_id for attempt in job.attempts]
    return [name if not k else f"{name}-r{k}" for name in names for k in range(repairs + 1)]


def _told(event: Any) -> str:
    """The event's type, and the state or the error that it is about."""
    details = [value for key, value in event.items() if key.endswith("EventDetails")]
    about = next((part.get("name") or part.get("error") for part in details if isinstance(part, dict)), None)
    return f"{event['type']} {about}" if about else str(event["type"])


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
