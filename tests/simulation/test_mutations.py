"""The simulation notices when a guard is missing: otherwise its silence would mean nothing."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest

from reelwright.adapters.kling.capability import CallbackCapabilities
from reelwright.domain.job import Job
from reelwright.use_cases import ending
from reelwright.use_cases.cancel import CancelVideo
from reelwright.use_cases.delivering import DeliverResult
from reelwright.use_cases.dispatch import DispatchLane
from reelwright.use_cases.finalize import FinalizeJob
from reelwright.use_cases.outcomes import RecordOutcome
from reelwright.use_cases.overdue import RepairOverdue
from reelwright.use_cases.poll import PollTask
from reelwright.use_cases.submission import SendAttempt
from reelwright.use_cases.submit import SubmitVideo
from reelwright.use_cases.sweep import SweepUp
from tests.simulation import mutations_of_finishing as finishing
from tests.simulation import mutations_of_sending as sending
from tests.simulation.chaos import LENIENT, STRICT, Chaos
from tests.simulation.memory import admission, claim, settlement
from tests.simulation.memory.rows import Rows
from tests.simulation.mutations_of_sending import constant
from tests.simulation.run import simulate

SEEDS = 300
"""Within so many seeds each of them must be caught; most are within five."""

MUTATIONS: dict[str, tuple[Any, str, Callable[[Any], Any]]] = {
    "skip the look-up before sending again": (SendAttempt, "_adopt_or", sending.resend_blindly),
    "no quiet period": (SendAttempt, "_too_early", constant(False)),
    "a new external id for each call": (SendAttempt, "_resend", sending.resend_under_a_new_id),
    "take a time-out for a refusal": (RecordOutcome, "unknown", sending.put_back_what_is_unknown),
    "put back after an unknown call": (RecordOutcome, "put_back", sending.put_back_after_an_unknown_call),
    "send, then claim": (DispatchLane, "_serve", sending.send_before_claiming),
    "free the slot when Kling has accepted": (RecordOutcome, "_record", sending.free_the_slot_when_accepted),
    "claim beyond the tenant's cap": (claim, "_may", sending.forget_the_cap),
    "ignore leases": (Job, "leased", constant(False)),
    "leases never lapse": (Job, "leased", constant(True)),
    "trust the callback": (FinalizeJob, "_truth", finishing.trust_the_callback),
    "trust every callback address": (CallbackCapabilities, "verify", lambda _: lambda _self, text: text.split(".")[0]),
    "ask at once again": (FinalizeJob, "_truth", finishing.ask_at_once_again),
    "run again what may still run": (FinalizeJob, "_truth", finishing.take_running_for_failed),
    "a poll without an end is an end": (PollTask, "_ended", finishing.fail_at_the_first_poll),
    "succeed before the bytes are there": (DeliverResult, "_copied", finishing.succeed_without_a_file),
    "capture the estimate": (ending, "_price", lambda _: lambda job: job.estimated),
    "cancel what was sent": (CancelVideo, "cancel", finishing.cancel_what_was_sent),
    "no idempotency record": (SubmitVideo, "_record", constant(None)),
    "no sweep": (SweepUp, "sweep", constant(0)),
    "dead executions stay dead": (RepairOverdue, "_watched", constant(0)),
    "dead submissions stay dead": (RepairOverdue, "_cut_short", constant(0)),
    "write without looking at the version": (Rows, "expect", finishing.forget_that_it_lost),
    "admit over budget": (admission, "_covered", constant(True)),
    "end without settling": (settlement, "_move_money", constant(None)),
    "keep the slot at the end": (settlement, "_free", constant(None)),
}

HASTE = Chaos(kling=LENIENT, trouble=0.5, late=1.0, doubled_hint=1.0)
"""Messages come twice, at bad times, and Kling is slow to show what it took."""
DOUBT = Chaos(kling=STRICT, trouble=0.6, late=1.0, doubled_hint=1.0)
FROST = Chaos(kling=LENIENT, frozen=1.0, slow=0.3, doubled_hint=1.0, late=0.6, trouble=0.4)
"""Processes freeze in the middle of everything."""
LIES = Chaos(lies=0.6, bad_copy=0.5)
WORLDS = {
    "no quiet period": HASTE,
    "put back after an unknown call": DOUBT,
    "ignore leases": FROST,
    "ask at once again": LIES,
}
"""Where a guard is rarely needed: the world in which it is needed most. Elsewhere seeds choose."""


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_missing_guard_is_noticed(name: str) -> None:
    """Some seed breaks an invariant without the guard."""
    owner, attribute, make = MUTATIONS[name]
    with patch.object(owner, attribute, make(getattr(owner, attribute))):
        assert any(simulate(seed, WORLDS.get(name)).violations for seed in range(SEEDS))
