"""Synthesizes a stage."""

import json
from pathlib import Path
from typing import Any

from infra import application
from local.stage import Stage

import aws_cdk as cdk  # isort: skip - infra brings the Node that aws_cdk starts

ROOT = Path(__file__).resolve().parents[2]


def synthesize(stage: str, build_dir: Path, out: Path, **context: str) -> Stage:
    """Synthesize as `python app.py` does, with the context of cdk.json."""
    values = json.loads((ROOT / "cdk.json").read_text())["context"]
    values |= {"stage": stage, "build_dir": str(build_dir), **context}
    app = cdk.App(analytics_reporting=False, outdir=str(out), context=values)
    application.build(app)
    app.synth()
    parts = {path.name.split(".")[0].lower(): json.loads(path.read_text()) for path in out.glob("*.template.json")}
    return Stage(stage, out, parts)


def listed(value: Any) -> list[Any]:
    """IAM writes a list of one as the thing itself."""
    return value if isinstance(value, list) else [value]
