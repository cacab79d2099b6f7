"""What AWS does with our roles, brought about."""

import hashlib
import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from local import aws
from local.deployment import Deployment
from local.ministack import ACCOUNT, REGION
from reelwright.adapters.media.bucket import Bucket, StorageFailed
from reelwright.adapters.media.staging import StagedUpload
from tests.e2e.rights.owners import CLOCK, ONCE, clocks, functions

BYTES = b"a result of many megabytes"


def fire(deployment: Deployment, clock: str) -> None:
    """Have a schedule like those of the clock call now what they call."""
    _fire(deployment, clocks(deployment)[clock])


def mislead(deployment: Deployment, clock: str) -> None:
    """Have one call what the role may not call: that becomes a dead letter."""
    other = "sweep" if clock != f"{CLOCK}sweep" else "announce"
    _fire(deployment, clocks(deployment)[clock] | {"Arn": functions(deployment)[other]["FunctionArn"]})


def _fire(deployment: Deployment, target: dict[str, Any]) -> None:
    aws.client(deployment.stack, "scheduler").create_schedule(
        Name=f"{ONCE}{uuid4().hex}",
        ScheduleExpression=f"at({datetime.now(UTC):%Y-%m-%dT%H:%M:%S})",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target=target,
        ActionAfterCompletion="DELETE",
    )


def execute(deployment: Deployment, job: str) -> None:
    """Start an execution for a job that is not there: it looks into the table and finalizes."""
    aws.client(deployment.stack, "stepfunctions").start_execution(
        stateMachineArn=deployment.outputs["StateMachineArn"],
        name=f"{job}-{uuid4().hex}",
        input=json.dumps({"job": job, "attempt": 1}),
    )


def deliver_logs(deployment: Deployment) -> None:
    """Have the state machine log; refused without the rights to deliver logs."""
    group = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/vendedlogs/states/reelwright-embedded:*"
    logging = {"level": "ERROR", "destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": group}}]}
    machine = deployment.outputs["StateMachineArn"]
    with suppress(ClientError):
        aws.client(deployment.stack, "stepfunctions").update_state_machine(
            stateMachineArn=machine, loggingConfiguration=logging
        )


def fail(deployment: Deployment, function: str) -> None:
    """Call a function with what it cannot read; after its retries that is a dead letter."""
    name = functions(deployment)[function]["FunctionName"]
    aws.client(deployment.stack, "lambda").invoke(FunctionName=name, InvocationType="Event", Payload=b"[]")


def stage_results(deployment: Deployment) -> None:
    """What finalize does with results too large for its disk, by its own code with its own role: one kept, one not."""
    session = _session(deployment, functions(deployment)["finalize"]["Role"])
    bucket = Bucket(_s3(deployment, session), deployment.outputs["BucketName"])
    for key, kept in (("staging/job_0/kept", True), ("staging/job_0/broken", False)):
        with suppress(StorageFailed):  # the emulator tells no digest of a copy, which then counts as damaged
            _stage(StagedUpload(bucket, key), kept=kept)


def _stage(staged: StagedUpload, *, kept: bool) -> None:
    try:
        staged.write(BYTES)
        if kept:
            staged.publish("media/job_0/large.mp4", "video/mp4", hashlib.sha256(BYTES).digest())
    finally:
        staged.discard()


def _session(deployment: Deployment, role_arn: str) -> boto3.session.Session:
    """A session of a role: the emulator's root may assume whatever a service may."""
    told = aws.client(deployment.stack, "sts").assume_role(RoleArn=role_arn, RoleSessionName="staging")
    keys = told["Credentials"]
    return boto3.session.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], REGION)


def _s3(deployment: Deployment, session: boto3.session.Session) -> Any:
    addressing = Config(s3={"addressing_style": "path"})
    return session.client("s3", endpoint_url=deployment.stack.endpoint, config=addressing)
