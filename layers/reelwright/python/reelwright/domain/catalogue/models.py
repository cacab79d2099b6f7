"""Every video model of Kling's legacy standard (Kling API contract, model name map and capabilities)."""

from typing import Final

from reelwright.domain.catalogue.model import IMAGE_ONLY, Camera, EndFrame, Model
from reelwright.domain.generation import JobType

CLIPS: Final = (5, 10)
TO_TEN: Final = tuple(range(3, 11))
TO_FIFTEEN: Final = tuple(range(3, 16))
STD_PRO: Final = ("std", "pro")
WITH_4K: Final = ("std", "pro", "4k")

OLDER: Final = {JobType.TEXT_TO_VIDEO: 319, JobType.IMAGE_TO_VIDEO: 164}
"""Averages that a widely used client shows in its progress bar (Kling API contract, live durations)."""

NEWER: Final = {JobType.TEXT_TO_VIDEO: 104, JobType.IMAGE_TO_VIDEO: 104}
"""A measured 83 s for 3 s of 3.0 Omni, scaled to 5 s (Kling API contract, live durations)."""

PRO_END: Final = EndFrame(modes=("pro",), durations=CLIPS)
PRO_END_OR_ALONE: Final = EndFrame(modes=("pro",), durations=CLIPS, alone=True)

_ALL: Final = (
    Model(
        id="kling-v1",
        typical_seconds=OLDER,
        end_frame=EndFrame(modes=STD_PRO, durations=(5,)),
        camera=Camera(JobType.TEXT_TO_VIDEO, mode="std", duration=5),
        cfg_scale=True,
    ),
    Model(
        id="kling-v1-5",
        typical_seconds=OLDER,
        types=IMAGE_ONLY,
        end_frame=PRO_END_OR_ALONE,
        camera=Camera(JobType.IMAGE_TO_VIDEO, mode="pro", duration=5, kinds=("simple",)),
        cfg_scale=True,
    ),
    Model(id="kling-v1-6", typical_seconds=OLDER, end_frame=PRO_END_OR_ALONE, cfg_scale=True),
    Model(id="kling-v2-master", typical_seconds=OLDER, modes=(), default_mode=None),
    Model(id="kling-v2-1", typical_seconds=OLDER, types=IMAGE_ONLY, end_frame=PRO_END),
    Model(id="kling-v2-1-master", typical_seconds=OLDER, modes=(), default_mode=None),
    Model(id="kling-v2-5-turbo", typical_seconds=OLDER, end_frame=PRO_END),
    Model(
        id="kling-v2-6",
        typical_seconds=OLDER,
        sound_modes=("pro",),
        end_frame=EndFrame(modes=("pro",), durations=CLIPS, silent=True),
    ),
    Model(
        id="kling-v3",
        typical_seconds=NEWER,
        modes=WITH_4K,
        durations=TO_FIFTEEN,
        sound_modes=WITH_4K,
        end_frame=EndFrame(modes=WITH_4K, durations=TO_FIFTEEN),
        cfg_scale=True,
    ),
    Model(
        id="kling-v3-omni",
        typical_seconds=NEWER,
        modes=WITH_4K,
        default_mode="pro",
        durations=TO_FIFTEEN,
        sound_modes=WITH_4K,
        end_frame=EndFrame(modes=WITH_4K, durations=TO_FIFTEEN),
        negative_prompt=False,
    ),
    Model(
        id="kling-video-o1",
        typical_seconds=NEWER,
        default_mode="pro",
        end_frame=EndFrame(modes=STD_PRO, durations=TO_TEN),
        negative_prompt=False,
    ),
)

MODELS: Final[dict[str, Model]] = {model.id: model for model in _ALL}
"""The catalogue by Kling's own legacy model name, oldest first."""
