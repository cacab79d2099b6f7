"""What a callback claims. It is a hint and no more: the truth is looked up (Kling API contract, callbacks)."""

from dataclasses import dataclass
from typing import Final

from reelwright.adapters.kling.strict_json import BadJson, loads, section, text

MAX_CALLBACK_BYTES: Final = 256 * 1024
_ENDS: Final = frozenset({"succeed", "succeeded", "failed"})
_MAX_ID_CHARS: Final = 128


@dataclass(frozen=True, slots=True)
class Callback:
    """The ids that a callback names ("" where it names none) and whether it claims that the task has ended."""

    external_id: str
    task_id: str
    claims_end: bool


def parse_callback(body: bytes) -> Callback | None:
    """Read a body of the legacy or the new standard; None when it is neither."""
    try:
        fields = loads(body, MAX_CALLBACK_BYTES)
    except BadJson:
        return None
    if not isinstance(fields, dict):
        return None
    if task_id := text(fields.get("task_id"), _MAX_ID_CHARS):
        external, status = section(fields, "task_info").get("external_task_id"), fields.get("task_status")
    elif task_id := text(fields.get("id"), _MAX_ID_CHARS):
        external, status = fields.get("external_id"), fields.get("status")
    else:
        return None
    return Callback(text(external, _MAX_ID_CHARS), task_id, text(status) in _ENDS)
