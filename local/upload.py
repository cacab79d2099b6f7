"""Assets put into the embedded S3."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from local.assembly import Asset


def put_assets(s3: Any, assets: Iterable[Asset]) -> int:
    """Put each asset where its template looks for it, once; how many there were."""
    distinct = {(asset.bucket, asset.key): asset for asset in assets}
    for bucket in sorted({bucket for bucket, _ in distinct}):
        s3.create_bucket(Bucket=bucket)
    for asset in distinct.values():
        s3.put_object(Bucket=asset.bucket, Key=asset.key, Body=content(asset.source))
    return len(distinct)


def content(source: Path) -> bytes:
    """The bytes of an asset. Folders are stored uncompressed, for they only travel over the loopback interface."""
    if source.is_file():
        return source.read_bytes()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(source.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(source))
    return buffer.getvalue()
