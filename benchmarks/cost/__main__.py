"""`python -m benchmarks.cost`: AWS operations of one job, counted on the real handlers and priced."""

from benchmarks._report import merge_results, table, write_section
from benchmarks.cost.bill import CLIENT_READS, bill, usd_per_1000
from benchmarks.cost.prices import BILLED_SECONDS, USUAL_LOOP_USD
from benchmarks.cost.way import one_job


def main() -> None:
    """Count, price, print and keep."""
    way = one_job()
    lines = bill(way)
    total = usd_per_1000(way)
    webhook = usd_per_1000(one_job(endpoints=1)) - total
    body = table(
        ["item", "a job", "USD / 1,000 jobs"],
        [
            *((line.item, f"{line.amount:.2f}", f"{line.usd_per_1000:.4f}") for line in lines),
            ("**all**", "", f"**{total:.4f}**"),
            ("each webhook endpoint that takes the message at once", "", f"{webhook:.4f} more"),
            ("the usual polling loop", "", f"{USUAL_LOOP_USD}"),
        ],
    )
    seconds = ", ".join(f"{name} {value} s" for name, value in BILLED_SECONDS.items())
    operations = ", ".join(f"{name} {times}" for name, times in sorted(way.meter.calls.items()))
    notes = (
        "`python -m benchmarks.cost`. One job with callbacks through the real handlers on moto; write units by row "
        f"size as AWS counts them; {CLIENT_READS} looks of a client. Without egress, storage and logs. "
        "The end of each job is published on the event bus by announce; its tenant has no webhook endpoint. "
        f"Durations are assumed, not measured: {seconds}.\n\nOperations: {operations}"
    )
    print(body, notes, sep="\n\n")
    write_section("Cost at AWS", f"{notes}\n\n{body}")
    figures = {line.item: float(line.amount) for line in lines}
    merge_results(
        "cost",
        {
            "usd_per_1000_jobs": float(total),
            "webhook": float(webhook),
            "usual_loop": float(USUAL_LOOP_USD),
            "a_job": figures,
        },
    )


if __name__ == "__main__":
    main()
