"""Assets put into the bucket, unless they are there: their keys are the hashes of what is in them."""

import io
import zipfile
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from tools.deploy.assembly import Asset

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_EXECUTABLE = 0o755 << 16
_READABLE = 0o644 << 16


def put_asset(s3: Any, asset: Asset) -> bool:
    """Upload one asset; whether that was needed."""
    try:
        s3.head_object(Bucket=asset.bucket, Key=asset.key)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:  # noqa: PLR2004 - HTTP's own number
            raise
        s3.put_object(Bucket=asset.bucket, Key=asset.key, Body=packed(asset.source))
        return True
    return False


def packed(source: Path) -> bytes:
    """A file's bytes, or a folder as a zip with fixed times that keeps what is executable."""
    if source.is_file():
        return source.read_bytes()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(source.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(source).as_posix(), _FIXED_TIME)
                entry.external_attr = _EXECUTABLE if path.stat().st_mode & 0o100 else _READABLE
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
