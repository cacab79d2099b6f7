"""The layers' contents, each built into an empty folder that stands at /opt when it runs."""

import shutil
import tempfile
from pathlib import Path

from tools.build.authorities import replace_bundle
from tools.build.botocore_data import trim_data
from tools.build.botocore_services import SERVICES
from tools.build.lazy_packages import make_lazy
from tools.build.patches import apply_patches, replace_docs
from tools.build.prune import prune
from tools.build.targets import Target
from tools.build.third_party import PATCHES
from tools.build.wheels import install

_RUNTIME = Path(__file__).parent / "runtime"
_IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc", "video_request.py", "webhook_requests.py")
"""The requests' Pydantic models stay at home: their JSON Schemas travel; Pydantic with its machine code does not."""


def build_dependencies(source: Path, into: Path, target: Target) -> None:
    """Unpack the pinned wheels and cut out what a function's start would pay for without using it."""
    site = into / "python"
    install(source / "requirements.txt", site, target)
    prune(site)
    trim_data(site / "botocore/data", SERVICES)
    replace_docs(site)
    apply_patches(site, PATCHES)
    make_lazy(site)
    replace_bundle(site)


def build_signing(source: Path, into: Path, target: Target) -> None:
    """Unpack the pinned wheels; only functions that make signatures carry them."""
    install(source / "requirements.txt", into / "python", target)
    prune(into / "python")


def build_tracing(source: Path, into: Path, target: Target) -> None:
    """Unpack the pinned wheels; only functions of a stage that asks for traces carry them."""
    install(source / "requirements.txt", into / "python", target)
    prune(into / "python", entry_points=True)


def build_media(source: Path, into: Path, target: Target) -> None:
    """Keep the static FFmpeg of the wheel as bin/ffmpeg, with its licences; the wheel's Python code is not used."""
    with tempfile.TemporaryDirectory(dir=into) as unpacked:
        install(source / "requirements.txt", Path(unpacked), target)
        (program,) = Path(unpacked).glob("imageio_ffmpeg/binaries/ffmpeg-*")
        (into / "bin").mkdir()
        program.rename(into / "bin" / "ffmpeg")
        (licences,) = Path(unpacked).glob("imageio_ffmpeg-*.dist-info/licenses")
        licences.rename(into / "licenses")


def build_library(source: Path, into: Path, _target: Target) -> None:
    """Copy our own library, and what its expanded dataclasses need."""
    shutil.copytree(source / "python", into / "python", ignore=_IGNORED)
    shutil.copy(_RUNTIME / "expanded_dataclass.py", into / "python")
