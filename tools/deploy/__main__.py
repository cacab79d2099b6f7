"""`python -m tools.deploy up --stage dev`, and `down` to take it away again."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tools.deploy.assembly import Assembly
from tools.deploy.assets import put_asset
from tools.deploy.stacks import NotDeployedError, Stacks
from tools.deploy.toolkit import ensure_toolkit

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Deploy or destroy; 0 when it is done."""
    parser = argparse.ArgumentParser(prog="python -m tools.deploy", description=__doc__)
    parser.add_argument("verb", choices=["up", "down"])
    parser.add_argument("--stage", choices=["dev", "prod"], default="dev")
    parser.add_argument("-c", "--context", action="append", default=[], metavar="KEY=VALUE", help="as of `cdk -c`")
    arguments = parser.parse_args()
    context = dict(pair.split("=", 1) for pair in arguments.context) | {"stage": arguments.stage}
    try:
        with tempfile.TemporaryDirectory(prefix="reelwright-") as out:
            (_up if arguments.verb == "up" else _down)(boto3.session.Session(), context, Path(out))
    except (NotDeployedError, BotoCoreError, ClientError, subprocess.CalledProcessError) as error:
        print(f"Not done: {error}", file=sys.stderr)
        return 1
    return 0


def _up(session: boto3.session.Session, context: dict[str, str], out: Path) -> None:
    """Build, synthesize, upload, deploy, and print the outputs."""
    assembly = _assembly(session, context, out)
    for stack in assembly.stacks():
        cloudformation, s3 = _clients(session, stack.region)
        stacks = Stacks(cloudformation, s3, ensure_toolkit(cloudformation))
        sent = sum(put_asset(s3, asset) for asset in stack.assets)
        print(f"{stack.name}: {len(stack.template['Resources'])} resources, {sent} new assets")
        for name, value in stacks.deploy(stack).items():
            if not name.startswith("PublishOutput"):
                print(f"  {name} = {value}")


def _down(session: boto3.session.Session, context: dict[str, str], out: Path) -> None:
    """Delete the stage's stacks, the youngest first."""
    assembly = _assembly(session, context, out)
    for stack in reversed(list(assembly.stacks())):
        stacks = Stacks(*_clients(session, stack.region), "")
        print(f"{stack.name}: {'deleted' if stacks.delete(stack.name) else 'was not there'}")


def _clients(session: boto3.session.Session, region: str) -> tuple[Any, Any]:
    """CloudFormation and S3 of the region where a stack belongs: the web ACL's is not the deployer's."""
    return session.client("cloudformation", region_name=region), session.client("s3", region_name=region)


def _assembly(session: boto3.session.Session, context: dict[str, str], out: Path) -> Assembly:
    account = session.client("sts").get_caller_identity()["Account"]
    if session.region_name is None:
        raise NotDeployedError("no region is set: export AWS_REGION, or choose a profile that has one")
    print(f"Stage {context['stage']} in account {account}, {session.region_name}")
    subprocess.run([sys.executable, "-m", "tools.build", "--target", "lambda"], cwd=ROOT, check=True)
    values = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))["context"] | context
    environment = os.environ | {"CDK_OUTDIR": str(out), "CDK_CONTEXT_JSON": json.dumps(values)}
    subprocess.run([sys.executable, "app.py"], cwd=ROOT, env=environment, check=True)
    return Assembly(out, account, session.region_name)


if __name__ == "__main__":
    sys.exit(main())
