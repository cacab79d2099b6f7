"""A multipart upload under a private staging key, for results too large to keep on disk first.

The final key holds the content's digest, which is known only after the last byte. So the parts go to
`staging/`, and S3 itself copies the finished object to its final key and checks its digest on the way.
"""

from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from reelwright.adapters.media.bucket import PART_BYTES, Bucket, StorageFailed, reason

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

_LOST: Final = (BotoCoreError, ClientError, OSError)


class StagedUpload:
    """Takes bytes as they come and holds at most one part of them in memory."""

    def __init__(self, bucket: Bucket, key: str) -> None:
        self._bucket = bucket
        self._key = key
        self._buffer = bytearray()
        self._parts: list[CompletedPartTypeDef] = []
        self._completed = False
        self._id = self._create()

    def _create(self) -> str:
        try:
            created = self._bucket.client.create_multipart_upload(
                Bucket=self._bucket.name, Key=self._key, ContentType="video/mp4", ChecksumAlgorithm="CRC32"
            )
        except _LOST as error:
            raise StorageFailed(reason(error)) from None
        return created["UploadId"]

    def write(self, chunk: bytes) -> None:
        """Take the next bytes, sending a part when there is one. Raises StorageFailed."""
        self._buffer += chunk
        if len(self._buffer) >= PART_BYTES:
            self._send()

    def publish(self, key: str, content_type: str, sha256: bytes) -> None:
        """Complete the upload and copy it to its final key; S3's own digest must be ours. Raises StorageFailed."""
        if self._buffer:
            self._send()
        try:
            self._complete()
            copied = self._bucket.client.copy_object(
                Bucket=self._bucket.name, Key=key, CopySource={"Bucket": self._bucket.name, "Key": self._key},
                ContentType=content_type, MetadataDirective="REPLACE", ChecksumAlgorithm="SHA256",
            )  # fmt: skip
        except _LOST as error:
            raise StorageFailed(reason(error)) from None
        stored = copied["CopyObjectResult"].get("ChecksumSHA256")
        if stored != b64encode(sha256).decode():
            raise StorageFailed("ChecksumMismatch")

    def discard(self) -> None:
        """Leave nothing in `staging/`. What cannot be removed now, the bucket's lifecycle removes."""
        client, bucket = self._bucket.client, self._bucket.name
        with suppress(*_LOST):
            if self._completed:
                client.delete_object(Bucket=bucket, Key=self._key)
            else:
                client.abort_multipart_upload(Bucket=bucket, Key=self._key, UploadId=self._id)

    def _send(self) -> None:
        number = len(self._parts) + 1
        try:
            sent = self._bucket.client.upload_part(
                Bucket=self._bucket.name, Key=self._key, UploadId=self._id, PartNumber=number,
                Body=bytes(self._buffer), ChecksumAlgorithm="CRC32",
            )  # fmt: skip
        except _LOST as error:
            raise StorageFailed(reason(error)) from None
        part: CompletedPartTypeDef = {"PartNumber": number, "ETag": sent["ETag"]}
        if "ChecksumCRC32" in sent:
            part["ChecksumCRC32"] = sent["ChecksumCRC32"]
        self._parts.append(part)
        self._buffer.clear()

    def _complete(self) -> None:
        self._bucket.client.complete_multipart_upload(
            Bucket=self._bucket.name, Key=self._key, UploadId=self._id, MultipartUpload={"Parts": self._parts}
        )
        self._completed = True
