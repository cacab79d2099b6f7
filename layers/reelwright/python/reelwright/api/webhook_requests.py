"""The bodies of the calls about webhooks: the one place where their shapes are said.

Functions read bodies by their JSON Schemas (`api.request_schema`) and never import this module, nor is it packaged.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

_STRICT = ConfigDict(frozen=True, extra="forbid", strict=True, regex_engine="python-re")
EventName = Literal["video.succeeded", "video.failed", "video.canceled", "video.expired"]
Address = Annotated[str, StringConstraints(min_length=1, max_length=2048)]
Note = Annotated[str, StringConstraints(max_length=256)]
Hours = Annotated[int, Field(ge=0, le=168)]
Events = Annotated[list[EventName], Field(max_length=4)]

_ADDRESS = "Where events are posted to: https, port 443, a public host."
_EVENTS = "Which events; an empty list means all, those that later versions add included."


class WebhookCreation(BaseModel):
    """An endpoint of yours that events are to be sent to."""

    model_config = _STRICT

    url: Address = Field(description=_ADDRESS)
    events: Events = Field(default_factory=list, description=_EVENTS, json_schema_extra={"default": []})
    description: Note = ""


class WebhookChange(BaseModel):
    """What is to be different; what is missing or null stays as it is."""

    model_config = _STRICT

    url: Address | None = Field(None, description=_ADDRESS)
    events: Events | None = Field(None, description=_EVENTS)
    description: Note | None = None
    status: Literal["enabled", "disabled"] | None = Field(
        None, description="Whether events are sent there; enabling forgets why it was disabled."
    )


class SecretRotation(BaseModel):
    """How the new secret takes over."""

    model_config = _STRICT

    overlap_hours: Hours | None = Field(
        None, description="How long the present secrets sign too (default: 24); 0 ends them at once."
    )
