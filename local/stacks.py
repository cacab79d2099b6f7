"""CloudFormation stacks created or updated, and their outputs."""

import json
import time
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from tools.deploy.assembly import Template

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
GOOD = {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
POLL_SECONDS = 0.1


class NotDeployed(RuntimeError):
    """A stack did not reach a good state; the message says which resources failed and why."""


class Stacks:
    """Deploys stacks whose templates are read from a bucket: CloudFormation takes no more than 51,200 bytes inline."""

    def __init__(self, cloudformation: Any, s3: Any, endpoint: str, bucket: str) -> None:
        self._cloudformation, self._s3 = cloudformation, s3
        self._endpoint, self._bucket = endpoint, bucket

    def deploy(self, name: str, template: Template, values: Mapping[str, str], seconds: float = 120) -> dict[str, str]:
        """Create the stack, or update it, and give its outputs. Of `values` it takes its own parameters.

        Raises NotDeployed.
        """
        self._s3.put_object(Bucket=self._bucket, Key=f"{name}.json", Body=json.dumps(template).encode())
        known = template.get("Parameters", {})
        request = {
            "StackName": name,
            "TemplateURL": f"{self._endpoint}/{self._bucket}/{name}.json",
            "Parameters": [{"ParameterKey": key, "ParameterValue": values[key]} for key in known if key in values],
            "Capabilities": CAPABILITIES,
        }
        try:
            self._cloudformation.create_stack(**request, DisableRollback=True)
        except ClientError as error:
            if error.response["Error"]["Code"] != "AlreadyExistsException":
                raise NotDeployed(f"{name}: {str(error)[-500:]}") from None
            self._cloudformation.update_stack(**request)
        return _outputs(_finished(self._cloudformation, name, seconds))


def _finished(cloudformation: Any, name: str, seconds: float) -> dict[str, Any]:
    deadline = time.monotonic() + seconds
    while True:
        stack: dict[str, Any] = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        if stack["StackStatus"] in GOOD:
            return stack
        if not stack["StackStatus"].endswith("_IN_PROGRESS") or time.monotonic() > deadline:
            raise NotDeployed(f"{name} is {stack['StackStatus']}: {_reasons(cloudformation, name)}")
        time.sleep(POLL_SECONDS)


def _reasons(cloudformation: Any, name: str) -> str:
    events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
    failed = [event for event in events if event["ResourceStatus"].endswith("FAILED")]
    return "; ".join(f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', '?')}" for event in failed)


def _outputs(stack: Mapping[str, Any]) -> dict[str, str]:
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
