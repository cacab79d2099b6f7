"""Rights that AWS itself uses with our roles: each belongs to something that the templates wire up."""

import json
from collections.abc import Iterator
from typing import Any

from local.stage import Stage
from tests.infra.synthesis import listed

_QUEUE = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}
_STREAM = {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"}


def _allowed(stage: Stage, prefix: str) -> Iterator[tuple[str, str]]:
    """Each action on each resource of the policies whose logical id begins so."""
    for policy, statement in stage.statements():
        if policy.startswith(prefix):
            for action in listed(statement["Action"]):
                yield from ((action, _text(resource)) for resource in listed(statement["Resource"]))


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _on(stage: Stage, actions: set[str]) -> set[tuple[str, str]]:
    """The roles' policies and the resources on which they allow one of the actions."""
    return {
        (policy, _text(resource))
        for policy, statement in stage.statements()
        if set(listed(statement["Action"])) & actions
        for resource in listed(statement["Resource"])
    }


def test_the_state_machine_may_do_what_its_definition_says(stage: Stage) -> None:
    """Its tasks are updates of the table and two functions: these, and log delivery, and nothing else."""
    machine = _text(next(iter(stage.resources("AWS::StepFunctions::StateMachine").values())))
    allowed = {pair for pair in _allowed(stage, "WorkflowRole") if not pair[0].startswith("logs:")}
    assert {action for action, _ in allowed} == {"dynamodb:UpdateItem", "lambda:InvokeFunction"}
    assert "dynamodb:updateItem" in machine
    for action, resource in allowed:
        assert action != "lambda:InvokeFunction" or resource in machine


def test_schedules_may_call_their_targets_and_send_their_dead_letters(stage: Stage) -> None:
    """Each schedule's role, to the letter."""
    schedules = [one["Properties"]["Target"] for one in stage.resources("AWS::Scheduler::Schedule").values()]
    for role in {target["RoleArn"]["Fn::GetAtt"][0] for target in schedules}:
        mine = [target for target in schedules if target["RoleArn"]["Fn::GetAtt"][0] == role]
        calls = {("lambda:InvokeFunction", _text(target["Arn"])) for target in mine}
        dead = {("sqs:SendMessage", _text(target["DeadLetterConfig"]["Arn"])) for target in mine}
        assert set(_allowed(stage, role[:-8])) == calls | dead


def test_only_queues_and_streams_that_are_mapped_may_be_read(stage: Stage) -> None:
    """One mapping for each role that may receive or read, and the other way round."""
    mappings = [one["Properties"] for one in stage.resources("AWS::Lambda::EventSourceMapping").values()]
    sources = {_text(mapping["EventSourceArn"]) for mapping in mappings}
    readable = _on(stage, _QUEUE | _STREAM)
    assert {resource for _, resource in readable} == sources
    assert len(readable) == len(mappings)


def test_queues_are_read_by_what_lambda_needs_and_no_more(stage: Stage) -> None:
    """Three actions; the CDK's own grant holds five, and three for a dead letter."""
    asked = {action for _, statement in stage.statements() for action in listed(statement["Action"])}
    assert {action for action in asked if action.startswith("sqs:")} == _QUEUE | {"sqs:SendMessage"}
    for action in _QUEUE:
        assert _on(stage, {action}) == _on(stage, _QUEUE)


def test_only_dead_letters_that_are_configured_may_be_sent(stage: Stage) -> None:
    """A destination of the function's own calls, or of its mapping."""
    invokes = [one["Properties"] for one in stage.resources("AWS::Lambda::EventInvokeConfig").values()]
    mappings = [one["Properties"] for one in stage.resources("AWS::Lambda::EventSourceMapping").values()]
    told = [
        one["DestinationConfig"]["OnFailure"]["Destination"]
        for one in (*invokes, *mappings)
        if "DestinationConfig" in one
    ]
    schedules = [one["Properties"]["Target"] for one in stage.resources("AWS::Scheduler::Schedule").values()]
    known = {_text(one) for one in (*told, *(target["DeadLetterConfig"]["Arn"] for target in schedules))}
    sent = {resource for _, resource in _on(stage, {"sqs:SendMessage"}) if "DeadLetters" in resource}
    assert sent == known


def test_functions_write_their_own_logs_only(stage: Stage) -> None:
    """One log group for each role."""
    groups = [resource for _, resource in _on(stage, {"logs:PutLogEvents"})]
    assert len(groups) == len(set(groups)) == len(stage.functions())


def test_lambda_finds_the_rights_when_it_looks_for_them(stage: Stage) -> None:
    """It tries them when a mapping or a destination is made: these wait for the function, and it for its policy."""
    functions = stage.resources("AWS::Lambda::Function", "pipeline")
    policies = {_role(one["Properties"]["Roles"][0]): name for name, one in stage.resources("AWS::IAM::Policy").items()}
    for kind in ("AWS::Lambda::EventSourceMapping", "AWS::Lambda::EventInvokeConfig"):
        for one in stage.resources(kind).values():
            function = functions[one["Properties"]["FunctionName"]["Ref"]]
            assert policies[_role(function["Properties"]["Role"])] in function["DependsOn"]


def _role(reference: dict[str, Any]) -> str:
    """The logical id, however the role is referred to."""
    return str(reference.get("Ref") or reference["Fn::GetAtt"][0])
