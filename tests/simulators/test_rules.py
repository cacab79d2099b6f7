"""Which calls a fault's rule is for, and rules that could do nothing."""

from tests.simulators.caller import Caller


def test_rules_count_the_calls_they_match(caller: Caller) -> None:
    """`every` and `nth` count matching calls only, and `times` None never wears out."""
    caller.simulator.control.add_fault("http_500", {"prompt": "storm", "every": 3}, times=None)
    prompts = ["storm", "calm", "storm", "a storm", "storm", "storm", "storm"]
    caller.simulator.control.set_limits({"concurrency": 99})
    statuses = [caller.create(prompt=prompt).status_code for prompt in prompts]
    assert statuses == [200, 200, 200, 500, 200, 200, 500]


def test_rules_match_ids_by_wildcard(caller: Caller) -> None:
    """One rule can follow one job over all its attempts."""
    caller.simulator.control.add_fault("http_500", {"external_task_id": "job-7-*", "nth": 2})
    statuses = [caller.create(external_task_id=name).status_code for name in ("job-7-1", "job-8-1", "job-7-2")]
    assert statuses == [200, 200, 500]


def test_a_rule_that_could_do_nothing_is_refused(caller: Caller) -> None:
    """Misspelt faults, matches and codes are told at once."""
    misspelt = [{"fault": "no_such"}, {"fault": "reset", "match": {"promt": "x"}}, {"fault": "reset", "time": 1}]
    for body in [*misspelt, {"fault": "takes_seconds"}, {"fault": "error_code", "args": {"code": 7}}]:
        answer = caller.call("POST", "/_control/faults", json=body)
        assert answer.status_code == 400
        assert answer.json()["error"]
