"""Concurrency adds up, loops end, and what must not be deleted by mistake is protected."""

import json

from local.stage import Stage

QUOTA = 1_000
"""Concurrent executions of an account by default."""

UNRESERVED = 100
"""What Lambda keeps for functions without a reservation."""

ONLY_AT_DEPLOYMENT = {"signing_key"}


def _reserved(stage: Stage) -> dict[str, int]:
    return {
        name: function["ReservedConcurrentExecutions"]
        for name, function in stage.functions().items()
        if "ReservedConcurrentExecutions" in function
    }


def test_reservations_fit_into_the_default_quota(prod: Stage) -> None:
    """Every function of prod has its share, and other functions of the account keep theirs."""
    reserved = _reserved(prod)
    assert set(reserved) | ONLY_AT_DEPLOYMENT == set(prod.functions())
    assert sum(reserved.values()) + UNRESERVED <= QUOTA


def test_a_small_account_is_left_alone(stage: Stage) -> None:
    """New accounts have a quota of ten: only prod reserves, unless the owner says so."""
    assert bool(_reserved(stage)) is (stage.name == "prod")


def test_no_queue_can_call_more_often_than_its_function_may_run(prod: Stage) -> None:
    """A message that is throttled away counts as tried, and would end in the dead letters without a fault."""
    by_id = {name: f["Properties"] for name, f in prod.resources("AWS::Lambda::Function").items()}
    for mapping in prod.resources("AWS::Lambda::EventSourceMapping").values():
        function = by_id[mapping["Properties"]["FunctionName"]["Ref"]]
        crowd = mapping["Properties"].get("ScalingConfig", {}).get("MaximumConcurrency", 1)
        assert function["ReservedConcurrentExecutions"] >= crowd


def test_the_state_machine_may_use_every_slot_at_once(prod: Stage) -> None:
    """Poll and finalize have room for each of a lane's slots."""
    slots = int(prod.functions()["dispatch"]["Environment"]["Variables"]["LANE_SLOTS"])
    assert min(_reserved(prod)[name] for name in ("poll", "finalize")) >= slots


def test_loops_are_ended_but_for_the_one_that_is_meant(stage: Stage) -> None:
    """Dispatch books its own next wake for a paced lane; everything else that calls itself is a mistake."""
    loops = {name: function["RecursiveLoop"] for name, function in stage.functions().items()}
    assert {name for name, told in loops.items() if told != "Terminate"} == {"dispatch"}


def test_prod_cannot_be_deleted_by_mistake(stage: Stage) -> None:
    """Data, and the addresses that clients and Kling hold, are behind termination protection in prod."""
    artifacts = json.loads((stage.folder / "manifest.json").read_text())["artifacts"]
    protected = {name for name, one in artifacts.items() if one.get("properties", {}).get("terminationProtection")}
    assert protected == ({"Data", "Delivery"} if stage.name == "prod" else set())
