"""Assets put into the embedded S3. Layers are unpacked here once, for ministack would unpack them for each process."""

import io
import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tools.deploy.assembly import Asset

POINTER = "python/lib/python3/site-packages/unpacked.pth"
"""Where a layer of ministack's is a site directory, whose `.pth` files are read."""


def put_assets(s3: Any, assets: Iterable[Asset], unpacked: Path) -> int:
    """Put each asset where its template looks for it, once; how many there were."""
    distinct = {(asset.bucket, asset.key): asset for asset in assets}
    for bucket in sorted({bucket for bucket, _ in distinct}):
        s3.create_bucket(Bucket=bucket)
    for asset in distinct.values():
        body = pointer(asset.source, unpacked) if (asset.source / "python").is_dir() else content(asset.source)
        s3.put_object(Bucket=asset.bucket, Key=asset.key, Body=body)
    return len(distinct)


def pointer(layer: Path, unpacked: Path) -> bytes:
    """A layer that puts its unpacked self, linked below `unpacked`, on the path of the function."""
    place = unpacked / layer.name
    if not place.exists():
        shutil.copytree(layer / "python", place, copy_function=os.link)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(POINTER, f"import sys; sys.path.insert(0, {str(place)!r})\n")
    return buffer.getvalue()


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
