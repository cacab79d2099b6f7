"""Which probes miss which alternative: what a clause lets through because of it."""

from collections.abc import Mapping
from typing import Final

from tests.crash import newcomers
from tests.crash.conditions.clause import Clause
from tests.crash.conditions.killers import OPS, TABLE
from tests.crash.latecomers import Probe

_LET: Final[Mapping[str, Mapping[str, Probe]]] = {
    f"{OPS}.desks:TableTenantDesk.replace": {
        "attribute_not_exists(replaced_by)": newcomers.older_key_replaced,
        "replaced_by = :none": newcomers.key_replaced,
    },
    f"{TABLE}.admission:UNLESS_EXPIRED": {
        "attribute_not_exists(pk)": newcomers.first_job,
        "expires_ms <= :now": newcomers.key_used_up,
    },
    f"{TABLE}.lanes:TableLanes.book_wake": {
        "attribute_not_exists(wake_ms)": newcomers.first_wake,
        "wake_ms <= :now": newcomers.wake_after_the_last,
        "wake_ms > :at": newcomers.earlier_wake,
    },
    f"{TABLE}.writes:Writer.commit_budget": {
        "attribute_not_exists(budget)": newcomers.first_job,
        "budget = :budget": newcomers.second_job,
        "attribute_not_exists(available)": newcomers.first_job,
        "available >= :units": newcomers.second_job,
    },
    f"{TABLE}.writes:Writer.count_request": {
        "attribute_not_exists(requests)": newcomers.first_job,
        "requests < :most": newcomers.second_job,
    },
    f"{TABLE}.slot_writes:SlotWrites.lease": {
        "attribute_not_exists(running.#tenant)": newcomers.first_job,
        "running.#tenant < :cap": newcomers.second_job,
    },
}
LET: Final = {Clause(target, text): probe for target, some in _LET.items() for text, probe in some.items()}
"""By place and alternative."""
