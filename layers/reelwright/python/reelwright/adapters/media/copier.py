"""Copies a result from Kling into the media bucket, whole and playable or not at all."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from reelwright.adapters.media.boxes import BadVideo
from reelwright.adapters.media.bucket import Bucket, StorageFailed
from reelwright.adapters.media.cover import CoverMaker, NoCover
from reelwright.adapters.media.download import Downloader, DownloadFailed
from reelwright.adapters.media.spool import SPOOL_BYTES, Spool
from reelwright.adapters.media.staging import StagedUpload
from reelwright.domain.asset import Asset, VideoFacts
from reelwright.domain.signals import CopyFailed


@dataclass(frozen=True, slots=True)
class MediaCopier:
    """Download, scan, cover, publish: nothing appears under `media/` before all of the file was seen and decoded."""

    downloader: Downloader
    bucket: Bucket
    covers: CoverMaker
    spool_bytes: int = SPOOL_BYTES
    token: Callable[[], str] = token_hex

    def copy(self, job_id: str, url: str) -> tuple[Asset, ...]:
        """The stored video and its cover. Raises CopyFailed; the same bytes end under the same keys."""
        try:
            with tempfile.TemporaryDirectory() as folder, self._spool(job_id, Path(folder) / "result.mp4") as spool:
                return self._copy(job_id, url, spool, Path(folder) / "result.mp4")
        except DownloadFailed as error:
            raise CopyFailed(f"download: {error}") from None
        except (BadVideo, NoCover) as error:
            raise CopyFailed(f"not playable: {error}") from None
        except StorageFailed as error:
            raise CopyFailed(f"storage: {error}") from None
        except OSError as error:
            raise CopyFailed(f"disk: {type(error).__name__}") from None

    @contextmanager
    def _spool(self, job_id: str, path: Path) -> Iterator[Spool]:
        staging_key = f"staging/{job_id}/{self.token()}"
        with path.open("w+b") as file:
            spool = Spool(file, lambda: StagedUpload(self.bucket, staging_key), self.spool_bytes)
            try:
                yield spool
            finally:
                if spool.staged is not None:
                    spool.staged.discard()

    def _copy(self, job_id: str, url: str, spool: Spool, path: Path) -> tuple[Asset, ...]:
        with self.downloader.open(url) as body:
            for chunk in body.chunks:
                spool.write(chunk)
        facts = spool.finish()
        cover = self.covers.make(path)
        return self._publish_video(job_id, spool, path, facts), self._publish_cover(job_id, cover)

    def _publish_video(self, job_id: str, spool: Spool, path: Path, facts: VideoFacts) -> Asset:
        sha256 = spool.sha256.hex()
        key = f"media/{job_id}/{sha256}.mp4"
        spool.publish(self.bucket, key, path)
        return Asset("video", key, "video/mp4", spool.size, sha256, facts)

    def _publish_cover(self, job_id: str, cover: bytes) -> Asset:
        digest = hashlib.sha256(cover)
        key = f"media/{job_id}/{digest.hexdigest()}.jpg"
        self.bucket.put(key, cover, "image/jpeg", digest.digest())
        return Asset("cover", key, "image/jpeg", len(cover), digest.hexdigest())
