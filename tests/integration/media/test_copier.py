import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from imageio_ffmpeg import get_ffmpeg_exe  # type: ignore[import-untyped]
from moto import mock_aws

from reelwright.adapters.media.bucket import Bucket
from reelwright.adapters.media.copier import MediaCopier
from reelwright.adapters.media.cover import CoverMaker
from reelwright.adapters.media.download import Limits
from reelwright.domain.asset import VideoFacts
from reelwright.domain.signals import CopyFailed
from tests.support.clips import clip
from tests.support.movies import FTYP, mdat, moov
from tests.support.scripted_web import URL, ScriptedWeb, Wire, answer, redirect, whole


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    """An empty media bucket."""
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="media-bucket")
        yield Bucket(client, "media-bucket")


def copier(bucket: Bucket, *wires: Wire, spool_bytes: int = 1 << 20) -> MediaCopier:
    """A copier whose web gives these answers."""
    downloader = ScriptedWeb(list(wires)).downloader(limits=Limits(max_bytes=4 << 20))
    return MediaCopier(downloader, bucket, CoverMaker(get_ffmpeg_exe()), spool_bytes, lambda: "random")


def keys(bucket: Bucket) -> list[str]:
    """Every key in the bucket."""
    return [row["Key"] for row in bucket.client.list_objects_v2(Bucket=bucket.name).get("Contents", [])]


def uploads(bucket: Bucket) -> list[Any]:
    """Every multipart upload that nobody ended."""
    return bucket.client.list_multipart_uploads(Bucket=bucket.name).get("Uploads", [])


@pytest.mark.parametrize("layout", ["first", "last", "fragmented"])
def test_a_result_becomes_a_video_and_a_cover(bucket: Bucket, layout: str) -> None:
    """The stored bytes are Kling's bytes; facts, size and digest are theirs; the cover is a JPEG."""
    video, cover = copier(bucket, whole(clip(layout))).copy("job_1", URL)
    stored = bucket.client.get_object(Bucket=bucket.name, Key=video.key, ChecksumMode="ENABLED")
    digest = hashlib.sha256(clip(layout))
    assert stored["Body"].read() == clip(layout)
    assert stored["ContentType"] == "video/mp4"
    assert stored["ChecksumSHA256"] == b64encode(digest.digest()).decode()
    assert (video.key, video.size) == (f"media/job_1/{digest.hexdigest()}.mp4", len(clip(layout)))
    assert video.video is not None
    assert replace(video.video, duration_ms=2000) == VideoFacts("avc1", 320, 180, 2000, 48)
    picture = bucket.client.get_object(Bucket=bucket.name, Key=cover.key)["Body"].read()
    assert (picture[:3], cover.size) == (b"\xff\xd8\xff", len(picture))


@pytest.mark.parametrize("layout", ["first", "last"])
def test_a_result_larger_than_the_spool_is_stored_alike(bucket: Bucket, layout: str) -> None:
    """By way of a staged upload that leaves nothing behind, the cover from a sparse file."""
    video, cover = copier(bucket, whole(clip(layout)), spool_bytes=len(clip()) - 2000).copy("job_1", URL)
    assert bucket.client.get_object(Bucket=bucket.name, Key=video.key)["Body"].read() == clip(layout)
    assert sorted(keys(bucket)) == sorted([video.key, cover.key])
    assert uploads(bucket) == []


def test_copying_again_changes_nothing(bucket: Bucket) -> None:
    """A finalizer that died after the PUT is repeated without harm, by either way."""
    first = copier(bucket, whole(clip())).copy("job_1", URL)
    again = copier(bucket, whole(clip())).copy("job_1", URL)
    staged = copier(bucket, whole(clip()), spool_bytes=len(clip()) - 2000).copy("job_1", URL)
    assert first == again == staged
    assert len(keys(bucket)) == 2


BROKEN: dict[str, Callable[[], Wire]] = {
    "truncated": lambda: answer(clip()[:-500], Content_Length=len(clip())),
    "honestly truncated": lambda: whole(clip("last")[:-10]),
    "chunked and cut": lambda: answer(b"400\r\n" + clip()[:0x400], Transfer_Encoding="chunked"),
    "oversized": lambda: answer(*[clip()] * 400),
    "announced too large": lambda: answer(b"x", Content_Length=5 << 20),
    "longer than announced by a page": lambda: whole(clip() + b"<html>"),
    "empty": lambda: whole(b""),
    "a page": lambda: answer(b"<html>hello</html>", Content_Type="text/html"),
    "pictures that cannot be decoded": lambda: whole(FTYP + moov() + mdat()),
    "forbidden": lambda: answer(status="403 Forbidden", Content_Length=0),
    "redirected inside": lambda: redirect("http://169.254.169.254/latest/meta-data"),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("spool_bytes", [1 << 20, 4096])
def test_a_broken_result_leaves_nothing(bucket: Bucket, name: str, spool_bytes: int) -> None:
    """No object, no open upload, one CopyFailed that holds no address."""
    with pytest.raises(CopyFailed) as caught:
        copier(bucket, BROKEN[name](), spool_bytes=spool_bytes).copy("job_1", URL)
    assert (keys(bucket), uploads(bucket)) == ([], [])
    assert "example" not in str(caught.value)


@pytest.mark.parametrize(
    ("operation", "spool_bytes"),
    [("PutObject", 1 << 20), ("CreateMultipartUpload", 4096), ("UploadPart", 4096),
     ("CompleteMultipartUpload", 4096), ("CopyObject", 4096)],
)  # fmt: skip
def test_a_store_that_fails_leaves_no_video(bucket: Bucket, operation: str, spool_bytes: int) -> None:
    """Whichever call fails, nothing is under the video's key, and nothing is staged."""

    def fail(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "SlowDown", "Message": URL}}, operation)

    bucket.client.meta.events.register_first(f"before-call.s3.{operation}", fail)
    size = max(spool_bytes, len(clip()) - 2000) if spool_bytes == 4096 else spool_bytes
    with pytest.raises(CopyFailed, match="SlowDown"):
        copier(bucket, whole(clip()), spool_bytes=size).copy("job_1", URL)
    assert (keys(bucket), uploads(bucket)) == ([], [])


def test_a_store_that_keeps_other_bytes_is_noticed(bucket: Bucket) -> None:
    """S3's own digest of the copy must be ours."""

    def lie(parsed: dict[str, Any], **_: Any) -> None:
        parsed["CopyObjectResult"]["ChecksumSHA256"] = "AAAA"

    bucket.client.meta.events.register_last("after-call.s3.CopyObject", lie)
    with pytest.raises(CopyFailed, match="ChecksumMismatch"):
        copier(bucket, whole(clip()), spool_bytes=len(clip()) - 2000).copy("job_1", URL)


def test_a_missing_ffmpeg_is_a_copy_to_be_tried_again(bucket: Bucket) -> None:
    """A deployment's fault must not end the job."""
    broken = replace(copier(bucket, whole(clip())), covers=CoverMaker("/nowhere/ffmpeg"))
    with pytest.raises(CopyFailed, match="FileNotFoundError"):
        broken.copy("job_1", URL)


def test_ordinary_results_cost_two_puts(bucket: Bucket) -> None:
    """Each S3 call is priced: one for the video, one for the cover."""
    called: list[str] = []
    bucket.client.meta.events.register("before-call.s3", lambda model, **_: called.append(model.name))
    copier(bucket, whole(clip())).copy("job_1", URL)
    assert called == ["PutObject", "PutObject"]
