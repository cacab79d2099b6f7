"""A copier from a function's settings."""

from typing import TYPE_CHECKING, Final

from reelwright.adapters.media.bucket import Bucket
from reelwright.adapters.media.copier import MediaCopier
from reelwright.adapters.media.cover import CoverMaker
from reelwright.adapters.media.download import Downloader, Limits
from reelwright.adapters.media.guard import Guard, Policy

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

S3_COPY_BYTES: Final = 5 << 30
"""The largest object that S3 copies in one call."""


def media_copier(  # noqa: PLR0913 - one parameter a setting
    client: "S3Client",
    bucket: str,
    *,
    ffmpeg_path: str,
    max_result_bytes: int,
    result_hosts: tuple[str, ...] = (),
    allow_http_hosts: tuple[str, ...] = (),
) -> MediaCopier:
    """Copy results of at most `max_result_bytes` from hosts that end in one of `result_hosts` (empty: any)."""
    policy = Policy(frozenset(host.lower() for host in allow_http_hosts), result_hosts)
    downloader = Downloader(Guard(policy), Limits(max_bytes=min(max_result_bytes, S3_COPY_BYTES)))
    return MediaCopier(downloader, Bucket(client, bucket), CoverMaker(ffmpeg_path))
