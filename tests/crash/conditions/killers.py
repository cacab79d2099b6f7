"""Which probes miss which clause. A clause that is not here has nobody who would notice that it is gone."""

from collections.abc import Mapping
from typing import Final

from tests.crash.conditions.clause import Clause
from tests.crash.latecomers import Probe, files, jobs, lanes, leases, leftovers, money, operators, parking, telling

TABLE: Final = "adapters.aws.table"
OPS: Final = "adapters.aws.ops"
_MISSED: Final[Mapping[str, Mapping[str, tuple[Probe, ...]]]] = {
    f"{OPS}.desks:update": {"attribute_exists(pk)": (operators.changed_though_unknown,)},
    f"{OPS}.desks:TableTenantDesk.create": {"attribute_not_exists(pk)": (operators.created_meanwhile,)},
    f"{OPS}.desks:TableTenantDesk.replace": {
        "revoked = :no": (operators.revoked_meanwhile,),
        "(attribute_not_exists(replaced_by) OR replaced_by = :none)": (operators.replaced_meanwhile,),
    },
    f"{TABLE}.admission:UNLESS_EXPIRED": {"attribute_not_exists(pk) OR expires_ms <= :now": (money.same_key,)},
    f"{TABLE}.admission:Admissions._writes": {"attribute_not_exists(pk)": (leftovers.job_left,)},
    f"{TABLE}.admission:_request": {"attribute_not_exists(pk)": (leftovers.request_left,)},
    f"{TABLE}.admission:_hold": {"attribute_not_exists(pk)": (leftovers.hold_left,)},
    f"{TABLE}.admission:_entry": {"attribute_not_exists(pk)": (leftovers.entry_left,)},
    f"{TABLE}.admission:Admissions._rebased": {"budget = :old": (money.budget_followed_meanwhile,)},
    f"{TABLE}.deliveries:TableDeliveries.put_new": {"attribute_not_exists(pk)": (telling.begun_twice,)},
    f"{TABLE}.deliveries:TableDeliveries.save": {"version = :seen": (telling.tried_meanwhile,)},
    f"{TABLE}.deliveries:TableDeliveries.shelve": {"due_ms = :seen": (telling.claimed_while_shelved,)},
    f"{TABLE}.deliveries:TableDeliveries.defer": {"due_ms = :seen": (telling.claimed_while_put_off,)},
    f"{TABLE}.endpoints:TableEndpoints.put_new": {"attribute_not_exists(pk)": (telling.same_endpoint,)},
    f"{TABLE}.endpoints:TableEndpoints.save": {"version = :seen": (telling.endpoint_changed_meanwhile,)},
    f"{TABLE}.jobs:NEWS": {
        "attempt = :attempt": (jobs.told_of_an_earlier_attempt,),
        "#status IN (:submitting, :generating)": (jobs.told_when_over,),
    },
    f"{TABLE}.jobs:TableJobs.clear_callback": {"callback_ms = :seen": (jobs.called_back_meanwhile,)},
    f"{TABLE}.jobs:TableJobs.defer": {"attribute_exists(due_ms)": (jobs.put_off_when_over,)},
    f"{TABLE}.jobs:TableJobs.defer_hold": {"attribute_exists(due_ms)": (jobs.question_put_off_when_closed,)},
    f"{TABLE}.jobs:TableJobs.expect": {"#status = :queued": (jobs.expected_when_sent,)},
    f"{TABLE}.lanes:_taught": {
        "lessons.version = :version": (lanes.taught_meanwhile,),
        "{name} = :seen_{name}": (lanes.cooled_meanwhile, lanes.turned_meanwhile),
    },
    f"{TABLE}.lanes:TableLanes.free": {"slots.#slot.expires_ms = :expires": (leases.renewed_meanwhile,)},
    f"{TABLE}.lanes:TableLanes.forget": {"running.{name} = :zero": (lanes.served_meanwhile,)},
    f"{TABLE}.lanes:TableLanes.renew": {"attribute_exists(slots.#slot)": (leases.freed_before_renewal,)},
    f"{TABLE}.lanes:TableLanes.publish": {"recent_tasks = :seen": (lanes.counted_meanwhile,)},
    f"{TABLE}.lanes:TableLanes.book_wake": {
        "attribute_not_exists(wake_ms) OR wake_ms <= :now OR wake_ms > :at": (lanes.booked_twice,)
    },
    f"{TABLE}.lanes:TableLanes._made": {"attribute_not_exists(pk)": (lanes.made_meanwhile,)},
    f"{TABLE}.settlement:Settlements._money": {"attribute_not_exists(pk)": (money.settled_again,)},
    f"{TABLE}.slot_writes:_pace": {"tat_ms = :seen": (leases.same_pace,)},
    f"{TABLE}.writes:Writer.put_job": {"version = :version": (jobs.saved_meanwhile,)},
    f"{TABLE}.writes:Writer.commit_budget": {
        "(attribute_not_exists(budget) OR budget = :budget)": (money.budget_raised_meanwhile,),
        "(attribute_not_exists(available) OR available >= :units)": (money.dearer_than_what_is_left,),
        ":budget >= :units": (money.dearer_than_the_budget,),
    },
    f"{TABLE}.writes:Writer.close_hold": {"#state = :open": (money.closed_twice,)},
    f"{TABLE}.writes:Writer.count_request": {
        "attribute_not_exists(requests) OR requests < :most": (money.rate_used_up, money.rate_used_up_by_endpoints)
    },
    f"{TABLE}.slot_writes:SlotWrites.lease": {
        "size(slots) < :limit": (leases.last_slot_taken,),
        "attribute_not_exists(slots.#slot)": (leases.left_over,),
        "paused = :no": (leases.paused_meanwhile,),
        "cool_until_ms <= :now": (leases.cooling_meanwhile,),
        "(attribute_not_exists(running.#tenant) OR running.#tenant < :cap)": (leases.cap_reached,),
    },
    f"{TABLE}.slot_writes:SlotWrites.free": {"attribute_exists(slots.#slot)": (leases.freed_before_the_end,)},
    "adapters.media.bucket:Bucket.put": {'IfNoneMatch="*"': (files.written_meanwhile,)},
    "infra.state_machine:_await": {
        "#status = :generating": (parking.parked_when_over,),
        "attempt = :attempt": (parking.parked_for_an_earlier_attempt,),
        "attribute_not_exists(callback_ms)": (parking.parked_after_the_callback,),
    },
}
MISSED: Final = {Clause(target, text): probes for target, some in _MISSED.items() for text, probes in some.items()}

PUT_JOB: Final = f"{TABLE}.writes:Writer.put_job"
IMPLIED: Final[Mapping[Clause, tuple[Clause, Probe]]] = {
    Clause(PUT_JOB, "#status = :status"): (
        Clause(PUT_JOB, "version = :version AND #status = :status"),
        jobs.sent_meanwhile,
    ),
}
"""What another clause implies, with both of them and a probe that misses these only together.

Every write that changes a job's status counts its version, so the version would do. Money moves with the status, which
keeps what was paid should a write ever forget to count.

That a job's row is new does not imply that its hold and its entries are: the ledger is only ever added to, by each
write itself, and stays when a job is erased. So their conditions stand above, each with a probe of its own.
"""
