"""The legacy video models and what each can do (Kling API contract, capability map)."""

from dataclasses import dataclass, field
from typing import Final

TEXT, IMAGE = "text2video", "image2video"
BOTH: Final = (TEXT, IMAGE)
STD_PRO: Final = ("std", "pro")
USUAL: Final = {"std": "720p", "pro": "1080p", "4k": "4k"}


@dataclass(frozen=True)
class Feature:
    """Where a feature may be used; an empty feature nowhere."""

    modes: tuple[str, ...] = ()
    seconds: tuple[int, ...] = (5, 10)
    products: tuple[str, ...] = BOTH
    simple_only: bool = False

    def allows(self, product: str, mode: str, seconds: int) -> bool:
        """Say whether the feature works for such a clip."""
        return product in self.products and mode in self.modes and seconds in self.seconds


@dataclass(frozen=True)
class Model:
    """One `model_name`; empty `modes` means that the field `mode` is not accepted."""

    name: str
    typical_seconds: int
    products: tuple[str, ...] = BOTH
    modes: tuple[str, ...] = STD_PRO
    resolutions: dict[str, str] = field(default_factory=lambda: USUAL)
    durations: tuple[int, ...] = (5, 10)
    fps: int = 24
    sound: Feature = Feature()
    end_frame: Feature = Feature()
    tail_only: bool = False
    camera: Feature = Feature()
    masks: Feature = Feature()
    cfg_scale: bool = False
    voices: bool = False
    multi_shot: bool = False
    elements: int = 0


LONG: Final = tuple(range(3, 16))
ANY: Final = ("std", "pro", "4k")
PRO: Final = Feature(("pro",))

_ROWS: Final = (
    Model("kling-v1", 120, resolutions={"std": "720p", "pro": "720p"}, fps=30, cfg_scale=True,
          end_frame=Feature(STD_PRO, (5,)), camera=Feature(("std",), (5,), (TEXT,)),
          masks=Feature(STD_PRO, (5,), (IMAGE,))),
    Model("kling-v1-5", 150, products=(IMAGE,), fps=30, cfg_scale=True, end_frame=PRO, tail_only=True,
          camera=Feature(("pro",), (5, 10), (IMAGE,), simple_only=True), masks=Feature(("pro",), (5,), (IMAGE,))),
    Model("kling-v1-6", 170, cfg_scale=True, end_frame=PRO, tail_only=True),
    Model("kling-v2-master", 240, modes=(), resolutions={"": "720p"}),
    Model("kling-v2-1", 150, products=(IMAGE,), end_frame=PRO),
    Model("kling-v2-1-master", 260, modes=(), resolutions={"": "1080p"}),
    Model("kling-v2-5-turbo", 90, end_frame=PRO),
    Model("kling-v2-6", 130, sound=PRO, end_frame=PRO, voices=True),
    Model("kling-v3", 140, modes=ANY, durations=LONG, sound=Feature(ANY, LONG), end_frame=Feature(ANY, LONG),
          cfg_scale=True, voices=True, multi_shot=True, elements=3),
)  # fmt: skip

MODELS: Final[dict[str, Model]] = {model.name: model for model in _ROWS}
