"""The CDK app deployed to the embedded AWS: packages, synthesis, assets, stacks."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from local import aws, synth
from local.adaptations import Adapted, adapt
from local.ministack import ACCOUNT, REGION, Ministack
from local.places import RunFolder
from local.stacks import Stacks
from local.upload import put_assets
from tools.deploy.assembly import Assembly, Asset, StackArtifact

Say = Callable[[str], None]
TEMPLATES: Final = "reelwright-templates"


def make_assembly(folder: RunFolder, say: Say) -> Assembly:
    """Build the packages and synthesize the embedded stage into the run's folder. Raises StepFailed."""
    say("Building functions and layers")
    synth.build()
    say("Synthesizing the CDK app")
    out = folder.path / "cdk.out"
    shutil.rmtree(out, ignore_errors=True)
    synth.synthesize(out)
    return Assembly(out, ACCOUNT, REGION)


def deploy(stack: Ministack, assembly: Assembly, values: Mapping[str, str], unpacked: Path, say: Say) -> dict[str, str]:
    """Deploy every stack with the parameters' `values`, layers below `unpacked`; all outputs together.

    Raises NotDeployed.
    """
    stacks, s3 = [(one, adapt(one.template)) for one in assembly.stacks()], aws.client(stack, "s3")
    s3.create_bucket(Bucket=TEMPLATES)
    deployer = Stacks(aws.client(stack, "cloudformation"), s3, stack.endpoint, TEMPLATES)
    count = put_assets(s3, [asset for one, adapted in stacks for asset in needed(one, adapted)], unpacked)
    say(f"Uploaded {count} assets")
    outputs: dict[str, str] = {}
    for one, adapted in stacks:
        say(f"Deploying {one.name}: {len(adapted.template['Resources'])} resources")
        for change in adapted.changes:
            say(f"  {change}")
        outputs |= deployer.deploy(one.name, adapted.template, values)
    return outputs


def needed(one: StackArtifact, adapted: Adapted) -> Iterator[Asset]:
    """The assets that the adapted template still refers to."""
    text = json.dumps(adapted.template)
    return (asset for asset in one.assets if asset.key in text)
