"""From a checked request to what the use cases understand."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from reelwright.api.images import INLINE, inline_image
from reelwright.api.reading import Reading
from reelwright.domain.generation import Generation, JobType
from reelwright.domain.job import Job
from reelwright.use_cases.submit import InlineImage, SubmitCommand

if TYPE_CHECKING:
    from reelwright.api.video_request import CameraControl, VideoRequest


def images(request: "VideoRequest") -> tuple[InlineImage, ...]:
    """The images that came inline; those given by address are checked. Raises what `inline_image` raises."""
    found = (inline_image("image", request.image), inline_image("image_tail", request.image_tail))
    return tuple(image for image in found if image is not None)


def generation(request: "VideoRequest", inline: tuple[InlineImage, ...]) -> Generation:
    """The generation that is asked for."""
    kept = {image.field for image in inline}
    return Generation(
        type=JobType(request.type),
        model=request.model,
        prompt=request.prompt,
        negative_prompt=request.negative_prompt,
        image=INLINE if "image" in kept else request.image,
        image_tail=INLINE if "image_tail" in kept else request.image_tail,
        duration=request.duration,
        mode=request.mode,
        aspect_ratio=request.aspect_ratio,
        sound=request.sound,
        cfg_scale=request.cfg_scale,
        camera_control=_camera(request.camera_control) if request.camera_control else None,
        metadata=request.metadata,
    )


def command(
    tenant_id: str, reading: Reading, idempotency_key: str | None, render: Callable[[Job, Generation], str]
) -> SubmitCommand:
    """The command behind `POST /v1/videos`."""
    inline = images(reading.request)
    return SubmitCommand(
        tenant_id=tenant_id,
        generation=generation(reading.request, inline),
        fingerprint=reading.fingerprint,
        render=render,
        inline_images=inline,
        priority=reading.request.priority,
        expires_in_seconds=reading.request.expires_in,
        idempotency_key=idempotency_key,
    )


def _camera(control: "CameraControl") -> Mapping[str, object]:
    if control.config is None:
        return {"type": control.type}
    moves = {axis: _plain(strength) for axis, strength in vars(control.config).items() if strength}
    return {"type": control.type, "config": moves}


def _plain(strength: Decimal) -> int | Decimal:
    return int(strength) if strength == strength.to_integral_value() else strength
