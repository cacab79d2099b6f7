"""The cloud assembly that a CDK synth leaves: its stacks in order of deployment, and their assets."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

Template = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asset:
    """A file or folder that a template refers to by bucket and key; a folder travels as a zip."""

    source: Path
    bucket: str
    key: str


@dataclass(frozen=True, slots=True)
class StackArtifact:
    """One stack: its name, its template, its assets, its tags, whether it may be deleted, and its region."""

    name: str
    template: Template
    assets: tuple[Asset, ...]
    tags: Mapping[str, str] = field(default_factory=dict)
    protected: bool = False
    region: str = ""


class Assembly:
    """A folder as `cdk synth` writes it (cloud assembly schema)."""

    def __init__(self, folder: Path, account: str, region: str) -> None:
        self._folder, self._region = folder, region
        self._places = {"${AWS::AccountId}": account, "${AWS::Region}": region, "${AWS::Partition}": "aws"}
        self._artifacts: dict[str, Any] = _load(folder / "manifest.json")["artifacts"]

    def stacks(self) -> Iterator[StackArtifact]:
        """The stacks, each after those that it depends on."""
        graph = {name: artifact.get("dependencies", []) for name, artifact in self._artifacts.items()}
        for name in TopologicalSorter(graph).static_order():
            artifact = self._artifacts[name]
            if artifact["type"] == "aws:cloudformation:stack":
                yield self._stack(artifact)

    def _stack(self, artifact: dict[str, Any]) -> StackArtifact:
        assets = [
            asset for needed in artifact.get("dependencies", []) for asset in self._assets(self._artifacts[needed])
        ]
        told = artifact["properties"]
        return StackArtifact(
            told["stackName"],
            _load(self._folder / told["templateFile"]),
            tuple(assets),
            told.get("tags", {}),
            told.get("terminationProtection", False),
            self._region_of(artifact),
        )

    def _region_of(self, artifact: dict[str, Any]) -> str:
        """The region that the stack names, or else the deployer's."""
        named = str(artifact["environment"]).rpartition("/")[2]
        return self._region if named == "unknown-region" else named

    def _assets(self, artifact: dict[str, Any]) -> Iterator[Asset]:
        if artifact["type"] != "cdk:asset-manifest":
            return
        for row in _load(self._folder / artifact["properties"]["file"]).get("files", {}).values():
            if row["source"]["path"].endswith(".template.json"):
                continue
            for place in row["destinations"].values():
                source = self._folder / row["source"]["path"]
                yield Asset(source, self._resolved(place["bucketName"]), self._resolved(place["objectKey"]))

    def _resolved(self, text: str) -> str:
        for place, value in self._places.items():
            text = text.replace(place, value)
        return text


def _load(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text())
    return content
