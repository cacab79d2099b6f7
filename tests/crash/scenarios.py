"""The stories with their settings and the ends that their jobs may come to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from reelwright.adapters.media.copier import MediaCopier
from tests.crash import kling_stories, stories
from tests.crash.world import World


@dataclass(frozen=True)
class Scenario:
    """What clients do and how Kling behaves; `ends` are the states in which its jobs may end, by key."""

    name: str
    script: Callable[[World], None]
    ends: Mapping[str, frozenset[str]]
    environment: dict[str, str] = field(default_factory=dict)
    constants: Mapping[str, object] = field(default_factory=dict)


def _ends(*states: str) -> dict[str, frozenset[str]]:
    return {f"key-{number}": frozenset(state.split("|")) for number, state in enumerate(states, 1)}


SMALL_DISK: Final = partial(MediaCopier, spool_bytes=3_500)
CONSTANTS: Final[dict[str, dict[str, object]]] = {
    "large_and_broken": {"reelwright.adapters.media.builder.MediaCopier": SMALL_DISK},
    "lenient_kling": {"tests.simulators.kling.store.TaskStore.check_free": lambda *_given: None},
    "two_for_one_slot": {"reelwright.use_cases.tending.IDLE": 0},
    "long_video": {"reelwright.adapters.aws.table.admission.HOLD_QUESTION_MS": 120_000},
}
"""What a scenario needs to be short: a day, 256 MB or a hundred tenants would show nothing else."""

SCENARIOS: Final = tuple(
    Scenario(script.__name__, script, _ends(*ends), environment, CONSTANTS.get(script.__name__, {}))
    for script, ends, environment in (
        (stories.one_clip, ("succeeded",), {}),
        (kling_stories.no_callbacks, ("succeeded",), {}),
        (kling_stories.doubled_callbacks, ("succeeded",), {}),
        (stories.canceled_at_once, ("succeeded", "succeeded", "canceled|succeeded"), {}),
        (stories.two_for_one_slot, ("succeeded", "succeeded"), {"LANE_SLOTS": "1"}),
        (kling_stories.fails, ("failed",), {}),
        (kling_stories.fails_once, ("succeeded",), {"MAX_ATTEMPTS": "2"}),
        (kling_stories.accepted_without_answer, ("succeeded",), {}),
        (kling_stories.accepted_late, ("succeeded",), {}),
        (kling_stories.silent_twice, ("succeeded",), {}),
        (kling_stories.never_answers, ("failed",), {"PROVIDER_DEADLINE_SECONDS": "240"}),
        (kling_stories.never_answers_in_arrears, ("failed",), {"PROVIDER_DEADLINE_SECONDS": "240"}),
        (kling_stories.full_account, ("succeeded",), {}),
        (kling_stories.canceled_in_time, ("canceled|succeeded",), {}),
        (kling_stories.refused_at_once, ("failed",), {}),
        (kling_stories.waits_too_long, ("expired|failed",), {"PROVIDER_DEADLINE_SECONDS": "240"}),
        (kling_stories.never_ends, ("failed",), {"PROVIDER_DEADLINE_SECONDS": "240"}),
        (kling_stories.broken_files, ("succeeded",), {}),
        (kling_stories.never_delivered, ("failed",), {"DELIVERY_DEADLINE_SECONDS": "240"}),
        (stories.inline_image, ("succeeded",), {}),
        (kling_stories.long_video, ("succeeded",), {}),
        (kling_stories.large_and_broken, ("succeeded",), {}),
        (kling_stories.expires_between_sweeps, ("expired|failed",), {"PROVIDER_DEADLINE_SECONDS": "240"}),
        (kling_stories.lost_to_a_forger, ("failed",), {"PROVIDER_DEADLINE_SECONDS": "1"}),
        (stories.poor_tenant, ("succeeded|refused 402", "refused 402|succeeded"), {}),
        (kling_stories.lenient_kling, ("succeeded",), {}),
        (stories.budget_raised, ("succeeded", "succeeded"), {}),
        (kling_stories.in_arrears_for_a_while, ("succeeded", "succeeded", "succeeded"), {"SLOT_LEASE_SECONDS": "60"}),
    )
)
BY_NAME: Final = {scenario.name: scenario for scenario in SCENARIOS}
