"""Every asynchronous edge ends in a dead-letter queue, and the dead letters are watched."""

from typing import Any

from tests.infra.synthesis import Stage


def _dead_letter_queues(stage: Stage) -> set[str]:
    return {name for name in stage.resources("AWS::SQS::Queue") if "DeadLetters" in name}


def _queue(reference: dict[str, Any]) -> str:
    return str(reference["Fn::GetAtt"][0])


def test_every_source_queue_has_dead_letters_after_four_tries(stage: Stage) -> None:
    """Poison leaves the queue; a passing fault does not."""
    dead = _dead_letter_queues(stage)
    sources = [q["Properties"] for name, q in stage.resources("AWS::SQS::Queue").items() if name not in dead]
    assert sources
    for queue in sources:
        assert _queue(queue["RedrivePolicy"]["deadLetterTargetArn"]) in dead
        assert queue["RedrivePolicy"]["maxReceiveCount"] == 4


def test_dead_letters_are_kept_longer_than_their_sources(stage: Stage) -> None:
    """Fourteen days, the most there is."""
    dead = _dead_letter_queues(stage)
    for name, queue in stage.resources("AWS::SQS::Queue").items():
        kept = queue["Properties"]["MessageRetentionPeriod"]
        assert (kept == 14 * 86_400) is (name in dead)


def test_schedule_rule_and_asynchronous_calls_have_dead_letters(stage: Stage) -> None:
    """The three ways on which the sweep is woken."""
    dead = _dead_letter_queues(stage)
    target = stage.one("AWS::Scheduler::Schedule")["Target"]
    (rule,) = stage.one("AWS::Events::Rule")["Targets"]
    invoke = stage.one("AWS::Lambda::EventInvokeConfig")["DestinationConfig"]["OnFailure"]["Destination"]
    for reference in (target["DeadLetterConfig"]["Arn"], rule["DeadLetterConfig"]["Arn"], invoke):
        assert _queue(reference) in dead
    assert target["RetryPolicy"]["MaximumRetryAttempts"] >= 1
    assert rule["RetryPolicy"]["MaximumRetryAttempts"] >= 1


def test_failed_executions_of_our_machine_wake_the_sweep(stage: Stage) -> None:
    """All three ways in which an execution can end without finishing its job."""
    pattern = stage.one("AWS::Events::Rule")["EventPattern"]
    assert pattern["source"] == ["aws.states"]
    assert pattern["detail"]["status"] == ["FAILED", "TIMED_OUT", "ABORTED"]
    assert pattern["detail"]["stateMachineArn"] == [
        {"Ref": next(iter(stage.resources("AWS::StepFunctions::StateMachine")))}
    ]


def test_dead_letters_and_failures_raise_an_alarm(stage: Stage) -> None:
    """One alarm for each dead-letter queue and one for executions, all to one topic that alarms may publish to."""
    alarms = stage.resources("AWS::CloudWatch::Alarm")
    assert len(alarms) == len(_dead_letter_queues(stage)) + 1
    assert all(alarm["Properties"]["AlarmActions"] for alarm in alarms.values())
    statements = stage.one("AWS::SNS::TopicPolicy")["PolicyDocument"]["Statement"]
    assert "cloudwatch.amazonaws.com" in str([s["Principal"] for s in statements if s["Effect"] == "Allow"])
