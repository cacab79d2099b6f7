"""The built functions and layers. Synthesis builds nothing: `python -m tools.build` makes the folders first."""

from pathlib import Path

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.settings import Settings

LAYERS = ("dependencies", "reelwright", "media", "signing")
TRACED = (*LAYERS, "tracing")


class PackagesMissingError(Exception):
    """A package that the stage needs has not been built."""


class Packages:
    """Where the packages of a stage stand."""

    def __init__(self, build_dir: Path, target: str) -> None:
        self._base = build_dir / target
        self._target = target

    def function(self, name: str) -> lambda_.Code:
        """The code of one function."""
        return self._code(Path("functions") / name)

    def layer(self, name: str) -> lambda_.Code:
        """The content of one layer."""
        return self._code(Path("layers") / name)

    def _code(self, part: Path) -> lambda_.Code:
        folder = self._base / part
        if not folder.is_dir():
            message = f"{folder} is missing: run `python -m tools.build --target {self._target}` first"
            raise PackagesMissingError(message)
        return lambda_.Code.from_asset(str(folder))


class Layers(Construct):
    """The Lambda layers, each published once a stack."""

    def __init__(self, scope: Construct, packages: Packages, settings: Settings, names: tuple[str, ...]) -> None:
        super().__init__(scope, "Layers")
        self._versions = {
            name: lambda_.LayerVersion(
                self,
                name.capitalize(),
                code=packages.layer(name),
                description=f"{settings.stage}: {name}",
                compatible_runtimes=[lambda_.Runtime(settings.python_runtime, lambda_.RuntimeFamily.PYTHON)],
                compatible_architectures=[lambda_.Architecture.custom(settings.architecture)],
            )
            for name in names
        }

    def pick(self, *names: str) -> list[lambda_.ILayerVersion]:
        """Some of the layers, in order."""
        return [self._versions[name] for name in names]
