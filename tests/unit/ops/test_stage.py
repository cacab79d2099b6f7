"""Where the command line looks for a stage."""

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from reelwright.composition.environment import MissingSetting, names
from reelwright.composition.stage import OUTPUTS, OperatorSettings, settings_of
from reelwright.domain.errors import NotFound

SETTINGS = {
    "KLING_BASE_URL": "https://kling.example.com",
    "KLING_ACCOUNTS": "main,second",
    "LANE_SLOTS": "5",
    "LANE_REQUESTS_PER_MINUTE": "0",
    "HINT_REPAIR_SECONDS": "60",
    "SLOT_LEASE_SECONDS": "900",
    "WATCH_SECONDS": "300",
    "MEDIA_LINK_SECONDS": "3600",
    "WEBHOOK_SECRET_OVERLAP_HOURS": "24",
}


class FakeCloudFormation:
    """Stacks with outputs."""

    exceptions = boto3.client("cloudformation").exceptions

    def __init__(self, outputs: dict[str, str]) -> None:
        self.outputs = outputs
        self.asked: list[str] = []

    def describe_stacks(self, StackName: str) -> Any:  # noqa: N803 - botocore's name
        self.asked.append(StackName)
        if "nowhere" in StackName:
            raise ClientError({"Error": {"Code": "ValidationError", "Message": "does not exist"}}, "DescribeStacks")
        return {"Stacks": [{"Outputs": [{"OutputKey": k, "OutputValue": v} for k, v in self.outputs.items()]}]}


def deployed() -> FakeCloudFormation:
    return FakeCloudFormation({name: f"the {name}" for name in OUTPUTS} | {"OperatorSettings": json.dumps(SETTINGS)})


def test_the_stacks_tell_everything() -> None:
    """Table, queues and secrets by their outputs, the rest by one output of settings."""
    stacks = deployed()
    given = settings_of("prod", stacks, {})
    assert stacks.asked == ["reelwright-prod-data", "reelwright-prod-pipeline"]
    assert (given.table_name, given.kling_accounts, given.lane_slots) == ("the TableName", ("main", "second"), 5)


def test_the_environment_tells_all_or_nothing() -> None:
    """A variable left over from another deployment does not mix two of them."""
    assert settings_of("dev", deployed(), {"LANE_SLOTS": "9", "KLING_BASE_URL": ""}).lane_slots == 5
    stacks = deployed()
    whole = SETTINGS | dict.fromkeys(OUTPUTS.values(), "mine")
    assert names(OperatorSettings) == whole.keys()
    assert settings_of("dev", stacks, whole).table_name == "mine"
    assert stacks.asked == []


def test_a_stage_that_is_not_there_is_named() -> None:
    """No stack, one from before this command line, or a variable that is no number."""
    with pytest.raises(NotFound, match="reelwright-nowhere-data"):
        settings_of("nowhere", deployed(), {})
    with pytest.raises(NotFound, match="deploy it again"):
        settings_of("dev", FakeCloudFormation({"TableName": "t"}), {})
    with pytest.raises(MissingSetting, match="LANE_SLOTS"):
        settings_of("dev", deployed(), SETTINGS | dict.fromkeys(OUTPUTS.values(), "mine") | {"LANE_SLOTS": "many"})
