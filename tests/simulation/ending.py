"""What must hold when the faults have stopped and everything has come to rest."""

from decimal import Decimal
from functools import partial

from reelwright.domain.status import Status
from tests.simulation.clients import TENANTS, Clients
from tests.simulation.functions import Deployment
from tests.simulation.invariants import Invariants


def at_rest(deployment: Deployment, clients: Clients) -> bool:
    """Nothing to do and nobody at work."""
    jobs = deployment.rows.jobs.values()
    return (
        not clients.open
        and all(job.status.terminal for job in jobs)
        and not deployment.world.alive
        and not deployment.queue.pending
        and all(one.status != "RUNNING" for one in deployment.machine.executions.values())
        and not deployment.rows.view.pending
    )


def check(deployment: Deployment, clients: Clients, invariants: Invariants) -> None:
    """I1, I2 and I5 at the end, and what the clients were promised."""
    hold, rows = invariants.hold, deployment.rows
    for job in rows.jobs.values():
        hold(job.status.terminal, f"I1 {job.id} is still {job.status}")
        _paid(deployment, invariants, job.id)
    for row in rows.lanes.values():
        hold(not row.slots, f"I5 leaked {sorted(row.slots)}")
    for wish in clients.wishes:
        hold(len(set(wish.told)) <= 1, f"I10 one key, jobs {wish.told}")
        hold(all(one in rows.jobs for one in wish.told), f"I1 promised, but unknown: {wish.told}")
        if wish.canceled:
            hold(rows.jobs[wish.told[0]].status is Status.CANCELED, f"I4 {wish.told[0]} was canceled")
    hold(not deployment.courier.accepted_forgeries, "a forged callback was accepted")
    _lists(deployment, invariants)


def _paid(deployment: Deployment, invariants: Invariants, job_id: str) -> None:
    """Whatever Kling took was captured; only a job that Kling never told the end of may differ, and says so."""
    job = deployment.rows.jobs[job_id]
    charged = sum((one.charged for one in deployment.kling.of_job(job_id)), Decimal(0))
    lost = bool(job.error and job.error.code == "provider_lost")
    invariants.hold(
        lost or charged == (job.captured or 0), f"I2 {job_id}: Kling took {charged}, captured {job.captured}"
    )


def _lists(deployment: Deployment, invariants: Invariants) -> None:
    """Every job of a tenant is listed once, newest first."""
    for tenant in TENANTS:
        ids = sorted((job.id for job in deployment.rows.jobs.values() if job.tenant == tenant), reverse=True)
        page = deployment.querying.page(tenant, None, 100, None)
        invariants.hold([job.id for job, _ in page.jobs] == ids, f"{tenant} lists {len(page.jobs)} of {len(ids)}")


def replay(deployment: Deployment) -> None:
    """Say everything again that was ever said: hints, callbacks, poll and finalize, twice in wrong order."""
    world = deployment.world
    for hint in reversed(deployment.queue.sent):
        deployment.queue.wake(hint.lane, hint.tenant, hint.job)
    for capability, body in reversed(deployment.courier.posted):
        world.at(5, partial(deployment.courier.post, capability, body))
    for job in deployment.rows.jobs.values():
        for number in range(1, len(job.attempts) + 1):
            deployment.machine.start(f"{job.id}-{number}-again", {"job": job.id, "attempt": number})
    deployment.sweep()
