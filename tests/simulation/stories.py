"""Small worlds whose every pair of kills is tried. A seed stands for what its world meets; `meets` holds it to that."""

from tests.simulation.chaos import LENIENT, STRICT, Chaos
from tests.simulation.pairs import Story
from tests.simulation.sizes import Size

ONE_SLOT = Size(slots=1, kling_slots=1)
STORIES = (
    Story("undisturbed", 3, Chaos(), {"succeeded"}),
    Story("a finalizer too many", 2, Chaos(), {"FinalizeBusy", "Stale", "succeeded"}),
    Story("no callbacks", 3, Chaos(lost_callback=1.0), {"States.Timeout", "succeeded"}),
    Story("doubled and forged callbacks", 2, Chaos(doubled_callback=1.0, forged_callback=1.0), {"NotFound"}),
    Story("taken without an answer", 5, Chaos(STRICT, trouble=0.5, late=0.6), {"OutcomeUnknown", "AccountBlocked"}),
    Story("taken already", 23, Chaos(STRICT, trouble=0.5, late=0.6), {"OutcomeUnknown", "AlreadyExists"}),
    Story(
        "taken late by a lenient Kling", 40, Chaos(LENIENT, trouble=0.5, late=0.5), {"OutcomeUnknown", "LookUpFailed"}
    ),
    Story("waits too long for the one slot", 8, Chaos(), {"expired", "succeeded"}, 2, ONE_SLOT),
    Story("canceled while another one runs", 5, Chaos(), {"canceled", "succeeded"}, 2, ONE_SLOT),
    Story("a full account", 71, Chaos(), {"OverCapacity", "succeeded"}, 2, Size(slots=2, kling_slots=1)),
    Story(
        "fails, is charged for it and tried again",
        39,
        Chaos(failing=0.6, fined=1.0),
        {"failed", "succeeded"},
        1,
        Size(max_attempts=2),
    ),
    Story("a result that does not come at first", 26, Chaos(bad_copy=0.5), {"CopyFailed", "succeeded"}),
    Story("a Kling that lies", 2, Chaos(lies=0.5), {"StillGenerating", "succeeded"}),
    Story(
        "never answers, and look-ups are blocked",
        2,
        Chaos(STRICT, trouble=1.0),
        {"OutcomeUnknown", "AccountBlocked", "provider_lost"},
        1,
        Size(provider_deadline_seconds=200),
    ),
    Story("refused at once", 1, Chaos(refused=1.0), {"content_refused", "IdempotencyHit"}),
)
