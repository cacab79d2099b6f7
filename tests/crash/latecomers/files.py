"""Files: what is there never changes."""

import hashlib
from collections.abc import Iterator

from reelwright.adapters.aws.clients import client
from reelwright.adapters.media.bucket import Bucket
from tests.crash import cloud


def written_meanwhile() -> Iterator[str]:
    """An object that is there is not written over, whoever comes with other bytes."""
    cloud.empty()
    bucket = Bucket(client("s3"), cloud.BUCKET)
    for body in (b"first", b"second"):
        bucket.put("media/job_1/a.mp4", body, "video/mp4", hashlib.sha256(body).digest())
    if cloud.objects() != {"media/job_1/a.mp4": b"first"}:
        yield "a published file changed"
