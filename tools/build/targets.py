"""What the packages are made for."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Target:
    """A platform and a Python version; a `platform` of None means this machine."""

    name: str
    python_version: str
    platform: str | None

    @property
    def is_this_interpreter(self) -> bool:
        """Whether the interpreter that builds is also the one that will run the code."""
        return self.platform is None


# Lambda's python3.13 runs on Amazon Linux 2023 (glibc 2.34); FFmpeg's wheel asks for glibc 2.28.
TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "embedded": Target("embedded", f"{sys.version_info.major}.{sys.version_info.minor}", None),
        "lambda": Target("lambda", "3.13", "aarch64-manylinux_2_28"),
    },
)
