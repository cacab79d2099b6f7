"""A create request that has passed validation."""

from dataclasses import dataclass
from decimal import Decimal

from tests.simulators.kling import prices
from tests.simulators.kling.models import Model


@dataclass(frozen=True)
class Order:
    """What one create call asks for; `image_fault` is why rendering will refuse the input image, if it will."""

    product: str
    model: Model
    mode: str
    seconds: int
    prompt: str
    aspect_ratio: str
    sound: bool = False
    voices: bool = False
    external_id: str = ""
    callback_url: str = ""
    watermark: bool = False
    image_fault: str = ""

    @property
    def resolution(self) -> str:
        """Return 720p, 1080p or 4k."""
        return self.model.resolutions[self.mode]

    @property
    def units(self) -> Decimal:
        """Return the price in video units."""
        variant = "voice" if self.voices else "sound" if self.sound else "silent"
        return prices.units(self.model.name, self.mode, self.resolution, variant, self.seconds)

    @property
    def frames(self) -> int:
        """Return the frame count: one more than asked, as Kling's 5.041 s clips at 24 fps have."""
        return self.seconds * self.model.fps + 1
