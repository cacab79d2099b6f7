"""Stacks brought to the state of their templates by change sets, and deleted."""

import hashlib
import json
from typing import Any

from botocore.exceptions import ClientError, WaiterError

from tools.deploy.assembly import StackArtifact

_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]
_UNCHANGED = ("didn't contain changes", "No updates are to be performed")
_NOT_YET = {"REVIEW_IN_PROGRESS", "DELETE_COMPLETE"}
_WAIT = {"Delay": 5, "MaxAttempts": 720}


class NotDeployedError(Exception):
    """A stack did not reach its template; the message holds the reasons that CloudFormation gave."""


class Stacks:
    """The stacks of one account and region."""

    def __init__(self, cloudformation: Any, s3: Any, bucket: str) -> None:
        self._cloudformation, self._s3, self._bucket = cloudformation, s3, bucket

    def deploy(self, stack: StackArtifact) -> dict[str, str]:
        """Create or update; the outputs. Raises NotDeployedError."""
        kind = "UPDATE" if self._status(stack.name) not in {None, *_NOT_YET} else "CREATE"
        change_set = self._propose(stack, kind)
        if change_set is not None:
            self._cloudformation.execute_change_set(ChangeSetName=change_set)
            self._wait(f"stack_{kind.lower()}_complete", stack.name)
        described = self._cloudformation.describe_stacks(StackName=stack.name)["Stacks"][0]
        if stack.protected and not described.get("EnableTerminationProtection", False):
            self._cloudformation.update_termination_protection(StackName=stack.name, EnableTerminationProtection=True)
        return {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", [])}

    def delete(self, name: str) -> bool:
        """Delete a stack; whether there was one. Raises NotDeployedError, as when it is protected."""
        if self._status(name) is None:
            return False
        try:
            self._cloudformation.delete_stack(StackName=name)
        except ClientError as error:
            raise NotDeployedError(str(error)) from error
        self._wait("stack_delete_complete", name)
        return True

    def _propose(self, stack: StackArtifact, kind: str) -> str | None:
        """The ARN of a change set that is ready, None when there is nothing to change."""
        body = json.dumps(stack.template).encode()
        digest = hashlib.sha256(body).hexdigest()
        key = f"{stack.name}/{digest}.json"
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=body)
        made = self._cloudformation.create_change_set(
            StackName=stack.name,
            ChangeSetName=f"reelwright-{digest[:12]}",
            ChangeSetType=kind,
            TemplateURL=f"https://{self._bucket}.s3.{self._s3.meta.region_name}.{self._suffix()}/{key}",
            Capabilities=_CAPABILITIES,
            Tags=[{"Key": name, "Value": value} for name, value in sorted(stack.tags.items())],
        )
        return self._ready(str(made["Id"]))

    def _ready(self, change_set: str) -> str | None:
        try:
            self._cloudformation.get_waiter("change_set_create_complete").wait(
                ChangeSetName=change_set, WaiterConfig={"Delay": 3, "MaxAttempts": 200}
            )
        except WaiterError as error:
            reason = str(self._cloudformation.describe_change_set(ChangeSetName=change_set).get("StatusReason", ""))
            self._cloudformation.delete_change_set(ChangeSetName=change_set)
            if any(words in reason for words in _UNCHANGED):
                return None
            raise NotDeployedError(reason) from error
        return change_set

    def _wait(self, state: str, name: str) -> None:
        try:
            self._cloudformation.get_waiter(state).wait(StackName=name, WaiterConfig=_WAIT)
        except WaiterError as error:
            raise NotDeployedError(f"{name}: {self._reasons(name)}") from error

    def _reasons(self, name: str) -> str:
        events = self._cloudformation.describe_stack_events(StackName=name)["StackEvents"]
        failed = [event for event in events if event["ResourceStatus"].endswith("_FAILED")]
        return "; ".join(f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', '?')}" for event in failed)

    def _status(self, name: str) -> str | None:
        try:
            return str(self._cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"])
        except ClientError as error:
            if error.response["Error"]["Code"] == "ValidationError":
                return None
            raise

    def _suffix(self) -> str:
        return "amazonaws.com.cn" if self._s3.meta.region_name.startswith("cn-") else "amazonaws.com"
