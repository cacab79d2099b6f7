"""What Kling does wrong during the run, and how many functions die, as data."""

from collections.abc import Sequence
from typing import Any

from tests.chaos.killer import Doom

CREATE = "/v1/videos/text2video"
REFUSED = "a scene that Kling refuses"

RULES: Sequence[dict[str, Any]] = (
    {"fault": "accept_then_timeout", "match": {"method": "POST", "path": CREATE, "every": 5}, "times": None},
    {"fault": "callback_none", "match": {"every": 4}, "times": None},
    {"fault": "callback_doubled", "match": {"every": 3}, "times": None, "args": {"copies": 3}},
    {"fault": "deduction_differs", "match": {"every": 7}, "times": None, "args": {"units": "2.5"}},
    {"fault": "refused", "match": {"prompt": REFUSED}, "times": None},
)
"""One create in five is accepted and never answered (the client waits for its time limit); one task in four calls back
never, one in three thrice; one in seven costs other than its price; tasks of some prompts fail while they render."""

DOOMS = {
    "authorizer": Doom(kills=2, within_seconds=0.1, rest_seconds=10),
    "submit": Doom(kills=5, within_seconds=0.3, rest_seconds=4),
    "query": Doom(kills=2, within_seconds=0.1, rest_seconds=10),
    "dispatch": Doom(kills=7, within_seconds=2.5, rest_seconds=5),
    "webhook": Doom(kills=5, within_seconds=0.2, rest_seconds=5),
    "poll": Doom(kills=3, within_seconds=0.02, rest_seconds=5),
    "finalize": Doom(kills=7, within_seconds=1.2, rest_seconds=3),
    "sweep": Doom(kills=2, within_seconds=0.5, rest_seconds=20),
}
"""The functions behind the API and poll work for a blink, the others behind the queue and the machine longer."""
