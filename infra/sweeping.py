"""What wakes the sweep: the clock, and failed executions. Deliveries that fail end in a dead-letter queue."""

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.function import Function
from infra.queues import DeadLetters
from infra.waking import TRIES, Clock, keep_failures

_EVENT_AGE_SECONDS = 3_600


class Sweeping(Construct):
    """A schedule of one minute, a rule for failed executions, and dead letters for both."""

    def __init__(self, scope: Construct, sweep: Function, machine: sfn.StateMachine) -> None:
        super().__init__(scope, "Sweeping")
        self.dead_letters = DeadLetters(self, "DeadLetters").resource
        keep_failures(self, sweep, self.dead_letters, _EVENT_AGE_SECONDS)
        self._rule(sweep, machine)
        clock = Clock(self, sweep, self.dead_letters)
        clock.every("EveryMinute", "1 minute", "Repairs whatever a crash left behind", {})
        clock.every("EveryHour", "1 hour", "Asks whether the books agree", {"check": "ledger"})

    def _rule(self, sweep: Function, machine: sfn.StateMachine) -> None:
        events.Rule(
            self,
            "FailedExecutions",
            description="An execution that failed is a job to repair",
            event_pattern=events.EventPattern(
                source=["aws.states"],
                detail_type=["Step Functions Execution Status Change"],
                detail={"status": ["FAILED", "TIMED_OUT", "ABORTED"], "stateMachineArn": [machine.state_machine_arn]},
            ),
            targets=[
                targets.LambdaFunction(
                    sweep.resource,
                    dead_letter_queue=self.dead_letters,
                    max_event_age=Duration.seconds(_EVENT_AGE_SECONDS),
                    retry_attempts=TRIES,
                )
            ],
        )
