"""The media bucket: objects appear whole, under keys that name their content, and never change."""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PART_BYTES: Final = 16 << 20


class StorageFailed(Exception):
    """S3 did not take it this time; the message is the error's code."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket and a client for it."""

    client: "S3Client"
    name: str

    def put(self, key: str, body: bytes | IO[bytes], content_type: str, sha256: bytes) -> None:
        """One conditional PUT, checked by S3 against the digest; an object that is there already is this one."""
        try:
            self.client.put_object(
                Bucket=self.name, Key=key, Body=body, ContentType=content_type, IfNoneMatch="*",
                ChecksumAlgorithm="SHA256", ChecksumSHA256=b64encode(sha256).decode(),
            )  # fmt: skip
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "PreconditionFailed":
                raise StorageFailed(reason(error)) from None
        except (BotoCoreError, OSError) as error:
            raise StorageFailed(reason(error)) from None

    def put_file(self, key: str, path: Path, content_type: str, sha256: bytes) -> None:
        """`put` for a file on disk, streamed from there."""
        with path.open("rb") as body:
            self.put(key, body, content_type, sha256)


def reason(error: Exception) -> str:
    """The error's code or class: its text may hold keys and addresses."""
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "ClientError"))
    return type(error).__name__
