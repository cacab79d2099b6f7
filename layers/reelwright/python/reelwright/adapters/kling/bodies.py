"""A generation as the body of a create request (Kling API contract, legacy endpoints and capability map).

A field that a model does not know is never sent, whatever the generation holds: Kling would refuse the task.
"""

from base64 import b64encode
from collections.abc import Callable
from typing import Final

from reelwright.adapters.kling.paths import OMNI_MODELS
from reelwright.domain.generation import Generation, JobType
from reelwright.use_cases.ports import Submission

Json = dict[str, object]
LoadImage = Callable[[str], bytes]
"""Key below `inputs/` → the image's bytes. Raises LookupError when it is gone, OSError when it cannot be had now."""

_MODELESS: Final = frozenset({"kling-v2-master", "kling-v2-1-master"})
_WITH_SOUND: Final = frozenset({"kling-v2-6", "kling-v3", "kling-v3-omni"})
_WITH_CFG: Final = frozenset({"kling-v1", "kling-v1-5", "kling-v1-6", "kling-v3"})
_WITH_CAMERA: Final = frozenset({"kling-v1", "kling-v1-5"})


def create_body(submission: Submission, load_image: LoadImage) -> Json:
    """The JSON body; inline images go as bare base64, addresses as they are."""
    wanted = submission.generation
    body: Json = {"model_name": wanted.model, "prompt": wanted.prompt, "duration": str(wanted.duration)}
    body |= _omni(wanted, load_image) if wanted.model in OMNI_MODELS else _classic(wanted, load_image)
    if wanted.mode and wanted.model not in _MODELESS:
        body["mode"] = wanted.mode
    if wanted.model in _WITH_SOUND:
        body["sound"] = "on" if wanted.sound else "off"
    if submission.callback_url:
        body["callback_url"] = submission.callback_url
    return body | {"external_task_id": submission.external_id}


def _classic(wanted: Generation, load_image: LoadImage) -> Json:
    body: Json = {}
    if wanted.negative_prompt:
        body["negative_prompt"] = wanted.negative_prompt
    if wanted.cfg_scale is not None and wanted.model in _WITH_CFG:
        body["cfg_scale"] = float(wanted.cfg_scale)
    if wanted.camera_control and wanted.model in _WITH_CAMERA:
        body["camera_control"] = dict(wanted.camera_control)
    if wanted.type is JobType.TEXT_TO_VIDEO:
        return body | ({"aspect_ratio": wanted.aspect_ratio} if wanted.aspect_ratio else {})
    images = {"image": wanted.image, "image_tail": wanted.image_tail}
    return body | {name: _image(ref, load_image) for name, ref in images.items() if ref}


def _omni(wanted: Generation, load_image: LoadImage) -> Json:
    frames = (("first_frame", wanted.image), ("end_frame", wanted.image_tail))
    if wanted.type is JobType.TEXT_TO_VIDEO:
        return {"aspect_ratio": wanted.aspect_ratio or "16:9"}
    images = [{"image_url": _image(ref, load_image), "type": kind} for kind, ref in frames if ref]
    return {"image_list": images}


def _image(ref: str, load_image: LoadImage) -> str:
    return b64encode(load_image(ref)).decode() if ref.startswith("inputs/") else ref
