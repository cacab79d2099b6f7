"""Conditions on writes, each with a way to break it."""

from typing import Final

from tests.crash.mutations import Mutation

TABLE: Final = "adapters.aws.table"
OF_THE_TABLE: Final = (
    Mutation(
        "a job is written whatever its version",
        f"{TABLE}.writes:Writer.put_job",
        "version = :version AND #status = :status",
        "attribute_exists(pk) OR (version = :version AND #status = :status)",
        ("one_clip",),
        "overtaken",
        "finalize",
    ),
    Mutation(
        "an Idempotency-Key may be used again",
        f"{TABLE}.admission:UNLESS_EXPIRED",
        "attribute_not_exists(pk) OR",
        "attribute_not_exists(pk) OR expires_ms > :now OR",
        ("one_clip",),
        "overtaken",
        "submit",
    ),
    Mutation(
        "a budget may be overdrawn",
        f"{TABLE}.writes:Writer.commit_budget",
        "OR available >= :units)",
        "OR available >= :units OR available < :units)",
        ("poor_tenant",),
    ),
    Mutation(
        "news is noted on jobs that are over",
        f"{TABLE}.jobs:NEWS",
        "attempt = :attempt AND #status IN (:submitting, :generating)",
        "attempt = :attempt OR #status IN (:submitting, :generating)",
        ("one_clip",),
    ),
    Mutation(
        "the slot stays leased at the end",
        f"{TABLE}.settlement:Settlements._slot",
        "if before.status not in HOLDS_SLOT:",
        "if True:",
        ("one_clip",),
    ),
    Mutation(
        "the hold stays open at the end",
        f"{TABLE}.settlement:Settlements.settle",
        " | self._money(after, before.held)",
        "",
        ("one_clip",),
    ),
)
