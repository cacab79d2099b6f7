"""Examples for the description; a test holds every one of them against its schema."""

from typing import Any, Final

TEXT: Final[dict[str, Any]] = {
    "type": "text_to_video",
    "model": "kling-v3",
    "prompt": "A fox runs through fresh snow at dawn, slow motion",
    "duration": 5,
    "mode": "pro",
    "aspect_ratio": "16:9",
    "sound": True,
    "metadata": {"shot": "12a"},
}
IMAGE: Final[dict[str, Any]] = {
    "type": "image_to_video",
    "model": "kling-v2-6",
    "prompt": "She turns to the camera and smiles",
    "image": "https://images.example.com/portrait.png",
    "duration": 10,
}
CAMERA: Final[dict[str, Any]] = {
    "type": "text_to_video",
    "model": "kling-v1",
    "prompt": "A lighthouse in a storm",
    "camera_control": {"type": "simple", "config": {"zoom": 5}},
}
REQUESTS: Final = {
    "text": {"summary": "Text to video with sound", "value": TEXT},
    "image": {"summary": "Image to video", "value": IMAGE},
    "camera": {"summary": "A camera movement", "value": CAMERA},
}

_ID: Final = "job_01m6k3w9x2c8d4f5g6h7j8k9m0"
_SIX: Final = {"units": "6", "usd": "0.84"}
_NOTHING: Final = {"units": "0", "usd": "0"}
QUEUED: Final[dict[str, Any]] = {
    "id": _ID,
    "type": "text_to_video",
    "model": "kling-v3",
    "status": "queued",
    "created_at": "2026-11-21T09:00:00.000Z",
    "updated_at": "2026-11-21T09:00:00.000Z",
    "finished_at": None,
    "expected_at": "2026-11-21T09:01:44.000Z",
    "cost": {"estimated": _SIX, "held": _SIX, "captured": None},
    "assets": [],
    "error": None,
    "attempts": [],
    "metadata": {"shot": "12a"},
}
_ATTEMPT: Final[dict[str, Any]] = {
    "number": 1,
    "provider": "kling",
    "status": "succeeded",
    "started_at": "2026-11-21T09:00:01.000Z",
    "accepted_at": "2026-11-21T09:00:02.000Z",
    "ended_at": "2026-11-21T09:01:40.000Z",
    "task_id": "893012345678901234",
    "request_id": "b1e6c1f0",
    "charged": _SIX,
}
_FILM: Final[dict[str, Any]] = {
    "kind": "video",
    "url": "https://d111111abcdef8.cloudfront.net/media/x.mp4?Expires=1&Signature=s&Key-Pair-Id=K",
    "expires_at": "2026-11-21T10:00:00.000Z",
    "content_type": "video/mp4",
    "size": 4_812_345,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "video": {"codec": "avc1", "width": 1920, "height": 1080, "duration": "5.041", "frames": 121},
}
SUCCEEDED: Final[dict[str, Any]] = QUEUED | {
    "status": "succeeded",
    "updated_at": "2026-11-21T09:01:45.000Z",
    "finished_at": "2026-11-21T09:01:45.000Z",
    "cost": {"estimated": _SIX, "held": _NOTHING, "captured": _SIX},
    "assets": [_FILM],
    "attempts": [_ATTEMPT],
}
VIDEOS: Final = {"succeeded": {"value": SUCCEEDED}, "queued": {"value": QUEUED}}
ESTIMATE: Final[dict[str, Any]] = {
    "model": "kling-v3",
    "mode": "pro",
    "aspect_ratio": "16:9",
    "cost": _SIX,
    "typical_seconds": 104,
}
