"""Implements `ports.ResultCopier`: a bucket of bytes, and links that expire, break and lie."""

from hashlib import sha256

from reelwright.domain.asset import Asset, VideoFacts
from reelwright.domain.signals import CopyFailed
from tests.simulation.baton import Crash
from tests.simulation.kling import Kling
from tests.simulation.world import World

FACTS = VideoFacts("avc1", 1280, 720, 5000, 120)


class BucketCopier:
    """Copies take seconds to minutes; what is cut short leaves nothing under `media/`."""

    def __init__(self, world: World, kling: Kling) -> None:
        self._world = world
        self._kling = kling
        self.objects: dict[str, bytes] = {}

    def copy(self, job_id: str, url: str) -> tuple[Asset, ...]:
        """See `ports.ResultCopier.copy`."""
        world = self._world
        content = self._download(url)
        digest = sha256(content).hexdigest()
        key = f"media/{job_id}/{digest}.mp4"
        self.objects[key] = content
        if world.chance(world.chaos.crash):
            world.note("copier.cover", "killed before")
            raise Crash
        return (Asset("video", key, "video/mp4", len(content), digest, FACTS),)

    def _download(self, url: str) -> bytes:
        _, task_id, expires_ms = url.rsplit("/", 2)
        made = next(made for made in self._kling.tasks if made.task_id == task_id)
        self._world.pause(self._world.rng.choice((500, 5_000, 60_000)))
        if made.fate.spoiled or self._world.chance(self._world.chaos.bad_copy):
            raise CopyFailed("cut short")
        if self._world.now_ms > int(expires_ms):
            raise CopyFailed("403")
        return made.content
