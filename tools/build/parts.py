"""The parts of the product that are packaged, and what each one is made from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.build.bytecode import ROOT, compile_library, compile_tree
from tools.build.functions import build_function
from tools.build.layers import build_dependencies, build_library, build_media, build_signing, build_tracing
from tools.build.targets import Target

_THIRD_PARTY_INPUTS = (Path(__file__).resolve().parent,)


@dataclass(frozen=True, slots=True)
class Part:
    """One folder of the output: where it goes, its source, how it is made, where it runs, and how it is compiled."""

    path: str
    source: Path
    make: Callable[[Path, Path, Target], None]
    runtime_path: str
    compile: Callable[[Path, str, str], None] = compile_tree

    @property
    def inputs(self) -> tuple[Path, ...]:
        """Everything that decides the content of the part."""
        return (self.source, *_THIRD_PARTY_INPUTS)


def parts(root: Path = ROOT) -> list[Part]:
    """List the layers and every function that has a handler."""
    layers = root / "layers"
    handlers = sorted((root / "functions").glob("*/handler.py"))
    return [
        Part("layers/dependencies", layers / "dependencies", build_dependencies, "/opt"),
        Part("layers/media", layers / "media", build_media, "/opt"),
        Part("layers/reelwright", layers / "reelwright", build_library, "/opt", compile_library),
        Part("layers/signing", layers / "signing", build_signing, "/opt"),
        Part("layers/tracing", layers / "tracing", build_tracing, "/opt"),
        *(Part(f"functions/{h.parent.name}", h.parent, build_function, "/var/task") for h in handlers),
    ]
