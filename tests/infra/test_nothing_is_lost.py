"""Every asynchronous edge ends in a dead-letter queue, and the dead letters are watched."""

from typing import Any

from local.stage import Stage


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
    """The ways on which sweep and announce are woken: by the clock, by rule, and by hand."""
    dead = _dead_letter_queues(stage)
    targets = [one["Properties"]["Target"] for one in stage.resources("AWS::Scheduler::Schedule").values()]
    (rule,) = stage.one("AWS::Events::Rule")["Targets"]
    configs = stage.resources("AWS::Lambda::EventInvokeConfig").values()
    invoked = [one["Properties"]["DestinationConfig"]["OnFailure"]["Destination"] for one in configs]
    assert len(invoked) == 2
    for reference in (*(one["DeadLetterConfig"]["Arn"] for one in (*targets, rule)), *invoked):
        assert _queue(reference) in dead
    assert all(one["RetryPolicy"]["MaximumRetryAttempts"] >= 1 for one in (*targets, rule))


def test_failed_executions_of_our_machine_wake_the_sweep(stage: Stage) -> None:
    """All three ways in which an execution can end without finishing its job."""
    pattern = stage.one("AWS::Events::Rule")["EventPattern"]
    assert pattern["source"] == ["aws.states"]
    assert pattern["detail"]["status"] == ["FAILED", "TIMED_OUT", "ABORTED"]
    assert pattern["detail"]["stateMachineArn"] == [
        {"Ref": next(iter(stage.resources("AWS::StepFunctions::StateMachine")))}
    ]


def test_every_dead_letter_queue_raises_an_alarm(stage: Stage) -> None:
    """One alarm for each of them, to the one topic that alarms may publish to."""
    depths = [
        alarm["Properties"]
        for alarm in stage.resources("AWS::CloudWatch::Alarm").values()
        if alarm["Properties"].get("MetricName") == "ApproximateNumberOfMessagesVisible"
    ]
    assert len(depths) == len(_dead_letter_queues(stage))
    assert all(alarm["AlarmActions"] for alarm in depths)
    statements = stage.one("AWS::SNS::TopicPolicy")["PolicyDocument"]["Statement"]
    assert "cloudwatch.amazonaws.com" in str([s["Principal"] for s in statements if s["Effect"] == "Allow"])
