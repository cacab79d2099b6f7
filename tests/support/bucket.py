"""An S3 of our own that keeps counts and digests instead of bytes, for bodies larger than memory."""

import hashlib
from base64 import b64encode
from typing import Any


class CountingS3:
    """The calls of the copier; a staged object's digest is computed from the parts as they come."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.objects: dict[str, tuple[int, str]] = {}
        self._digest = hashlib.sha256()
        self._size = 0

    def put_object(self, *, Key: str, Body: Any, ChecksumSHA256: str, **_: Any) -> dict[str, Any]:  # noqa: N803
        """Check the digest and keep it."""
        data = Body if isinstance(Body, bytes) else Body.read()
        assert b64encode(hashlib.sha256(data).digest()).decode() == ChecksumSHA256
        return self._keep("put", Key, len(data), ChecksumSHA256)

    def create_multipart_upload(self, **_: Any) -> dict[str, Any]:
        """Begin."""
        self.calls.append("create")
        return {"UploadId": "u"}

    def upload_part(self, *, Body: bytes, PartNumber: int, **_: Any) -> dict[str, Any]:  # noqa: N803
        """Count and hash one part."""
        self.calls.append("part")
        self._digest.update(Body)
        self._size += len(Body)
        return {"ETag": f"e{PartNumber}", "ChecksumCRC32": "AAAA"}

    def complete_multipart_upload(self, *, Key: str, **_: Any) -> dict[str, Any]:  # noqa: N803
        """Let the staged object appear."""
        return self._keep("complete", Key, self._size, b64encode(self._digest.digest()).decode())

    def copy_object(self, *, Key: str, CopySource: dict[str, str], **_: Any) -> dict[str, Any]:  # noqa: N803
        """Copy by key."""
        size, digest = self.objects[CopySource["Key"]]
        self._keep("copy", Key, size, digest)
        return {"CopyObjectResult": {"ChecksumSHA256": digest}}

    def delete_object(self, *, Key: str, **_: Any) -> None:  # noqa: N803
        """Forget an object."""
        self.calls.append("delete")
        del self.objects[Key]

    def abort_multipart_upload(self, **_: Any) -> None:
        """Forget the parts."""
        self.calls.append("abort")

    def _keep(self, call: str, key: str, size: int, digest: str) -> dict[str, Any]:
        self.calls.append(call)
        self.objects[key] = (size, digest)
        return {}
