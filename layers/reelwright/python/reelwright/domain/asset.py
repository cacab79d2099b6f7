"""A finished file in our bucket."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What the container says about the video: its codec's four-character code, pixels, seconds, frames."""

    codec: str
    width: int
    height: int
    duration_ms: int
    frames: int


@dataclass(frozen=True, slots=True)
class Asset:
    """A stored file: its kind (`video`, `cover`), immutable key, length in bytes, SHA-256 in hex."""

    kind: str
    key: str
    content_type: str
    size: int
    sha256: str
    video: VideoFacts | None = None
