"""`make deploy` without the CDK's own command line: assets, change sets, outputs, and the way back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tools.deploy.assembly import Assembly, Asset, StackArtifact
from tools.deploy.assets import packed, put_asset
from tools.deploy.stacks import Stacks
from tools.deploy.toolkit import ensure_toolkit

REGION = "eu-central-1"
# moto's CloudFormation knows no bucket policies, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Tried to parse AWS..S3..BucketPolicy:UserWarning")


@pytest.fixture
def clients() -> Iterator[tuple[Any, Any]]:
    """CloudFormation and S3 of an empty account."""
    with mock_aws():
        yield boto3.client("cloudformation", region_name=REGION), boto3.client("s3", region_name=REGION)


def _stack(*queues: str) -> StackArtifact:
    resources: dict[str, Any] = {name: {"Type": "AWS::SQS::Queue"} for name in queues}
    return StackArtifact("reelwright-dev-test", {"Resources": resources}, (), {"stage": "dev"})


def test_an_account_without_bootstrap_gets_its_bucket(clients: tuple[Any, Any]) -> None:
    """The name is the one that the templates' assets are read from; a second call changes nothing."""
    cloudformation, _ = clients
    assert ensure_toolkit(cloudformation) == f"cdk-hnb659fds-assets-123456789012-{REGION}"
    assert ensure_toolkit(cloudformation) == f"cdk-hnb659fds-assets-123456789012-{REGION}"


def test_a_stack_is_created_then_updated_then_deleted(clients: tuple[Any, Any]) -> None:
    """Each deployment reaches its template, and nothing is left at the end."""
    cloudformation, s3 = clients
    stacks = Stacks(cloudformation, s3, ensure_toolkit(cloudformation))
    stacks.deploy(_stack("First"))
    stacks.deploy(_stack("First", "Second"))
    summaries = cloudformation.list_stack_resources(StackName="reelwright-dev-test")["StackResourceSummaries"]
    assert {resource["LogicalResourceId"] for resource in summaries} == {"First", "Second"}
    assert stacks.delete("reelwright-dev-test") is True
    assert stacks.delete("reelwright-dev-test") is False


def test_an_asset_is_uploaded_once(clients: tuple[Any, Any], tmp_path: Path) -> None:
    """Keys are hashes, so what is there is right."""
    cloudformation, s3 = clients
    (tmp_path / "handler.py").write_text("pass\n")
    asset = Asset(tmp_path, ensure_toolkit(cloudformation), "code.zip")
    assert put_asset(s3, asset) is True
    assert put_asset(s3, asset) is False


def test_a_packed_folder_is_the_same_whenever_it_was_written(tmp_path: Path) -> None:
    """Times do not travel; the right to execute does."""
    program = tmp_path / "bin" / "ffmpeg"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    first = packed(tmp_path)
    program.touch()
    assert packed(tmp_path) == first


def test_the_firewall_goes_to_its_own_region(prod: Any) -> None:
    """Every other stack goes where the deployer is, and those that need the web ACL come after it."""
    regions = {stack.name: stack.region for stack in Assembly(prod.folder, "123456789012", REGION).stacks()}
    assert regions.pop("reelwright-prod-firewall") == "us-east-1"
    assert set(regions.values()) == {REGION}


def test_the_stage_reaches_the_stacks_tags(prod: Any) -> None:
    """Costs are told apart by tags that CloudFormation puts on everything."""
    manifest = json.loads((prod.folder / "manifest.json").read_text())
    stacks = [a for a in manifest["artifacts"].values() if a["type"] == "aws:cloudformation:stack"]
    assert len(stacks) == 5
    assert {stack["properties"]["tags"]["stage"] for stack in stacks} == {"prod"}
