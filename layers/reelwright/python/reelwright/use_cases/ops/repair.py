"""Bring one job back onto its way, by the truth that Kling tells. Nothing is ever created at Kling from here."""

from dataclasses import dataclass

from reelwright.domain.errors import Conflict, Unavailable
from reelwright.domain.job import Job
from reelwright.domain.money import plain
from reelwright.domain.provider_errors import ProviderError
from reelwright.domain.status import Status
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ops.ports import Records
from reelwright.use_cases.ports import Clock, Hints, Jobs, Lanes, Provider, Workflows
from reelwright.use_cases.sweep import SweepUp


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What Kling said of a job, and what was done about it."""

    job: Job
    truth: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class RepairJob:
    """Repairs through the state machine, dispatch or the sweep's own repair, which all claim before they act."""

    jobs: Jobs
    lanes: Lanes
    provider: Provider
    workflows: Workflows
    hints: Hints
    sweep: SweepUp
    records: Records
    clock: Clock

    def reconcile(self, job_id: str, hand: Hand) -> Reconciled:
        """Ask Kling, then adopt, finish or clean up. Raises NotFound, Unavailable when Kling does not tell."""
        job = self.jobs.get(job_id)
        task = self._truth(job)
        match job.status:
            case Status.QUEUED | Status.SUBMITTING:
                changes = self._hinted(job, hand)
            case Status.GENERATING:
                changes = self._woken(job, task, hand)
            case Status.FINALIZING:
                changes = self._restarted(job, hand)
            case _:
                changes = self._cleaned(job, hand)
        self._remember(job, changes, hand)
        return Reconciled(job, _truth_of(job, task), changes)

    def requeue(self, job_id: str, hand: Hand) -> tuple[Change, ...]:
        """Hint again for a job that waits. Raises NotFound, and Conflict for one that is at Kling or over."""
        job = self.jobs.get(job_id)
        if job.status.terminal:
            raise Conflict(f"The job is {job.status}, which never changes: send the request again as a new job.")
        if job.status not in {Status.QUEUED, Status.SUBMITTING}:
            raise Conflict(f"The job is {job.status}: Kling has its task. Use `job reconcile`.")
        return self._hinted(job, hand)

    def replay_callback(self, job_id: str, hand: Hand) -> Change:
        """Do what a callback of Kling's that claims an end does: note it, and wake the workflow, which asks Kling.

        Where one is noted that nobody has looked up yet, the workflow is only woken again. A job that is over, or not
        at Kling yet, is left alone. Raises NotFound.
        """
        job = self.jobs.get(job_id)
        if job.status not in {Status.SUBMITTING, Status.GENERATING}:
            return Change(job.id, "callback", f"of no use: {job.status}", f"of no use: {job.status}")
        change = self._told(job, "callback", str(job.status), "noted, workflow woken", hand)
        self._remember(job, (change,), hand)
        return change

    def _truth(self, job: Job) -> Task | None:
        if not job.attempts:
            return None
        try:
            return self.provider.look_up(*job.attempt_ref())
        except ProviderError as error:
            raise Unavailable(f"Kling does not tell about the task now (code {error.code or 'none'}).") from error

    def _hinted(self, job: Job, hand: Hand) -> tuple[Change, ...]:
        """Dispatch looks an interrupted submission up first, adopts what it finds, and never sends another id."""
        if job.leased(self.clock.now_ms()):
            return (Change(job.id, "hint", "a dispatcher is at work", "a dispatcher is at work"),)
        change = Change(job.id, "hint", "none", "sent", nudge=True)
        return (hand.apply(change, lambda: self.hints.wake(job.lane, job.tenant, job.id)),)

    def _woken(self, job: Job, task: Task | None, hand: Hand) -> tuple[Change, ...]:
        """Where Kling ended the task, say so as a callback would; an execution must be at work in any case."""
        ended = task is not None and task.status is not TaskStatus.PROCESSING
        state = "waits for an end" if ended else "waits"
        news = self._told(job, "workflow", state, "told of the end" if ended else state, hand)
        return (news, *self._restarted(job, hand))

    def _told(self, job: Job, what: str, before: str, after: str, hand: Hand) -> Change:
        """Note the news unless it is noted, and wake whoever waits for it: waking once more does no harm."""
        noted = job.callback_ms is not None

        def tell() -> None:
            token = job.task_token if noted else self.jobs.note_callback(job.id, len(job.attempts), self.clock.now_ms())
            if token:
                self.workflows.resume(token)

        return hand.apply(Change(job.id, what, before, after, nudge=noted), tell)

    def _restarted(self, job: Job, hand: Hand) -> tuple[Change, ...]:
        """Start an execution where none runs, exactly as the sweep does."""
        change = Change(job.id, "execution", "running" if self.workflows.running(job) else "none", "running")
        return (hand.apply(change, lambda: self.sweep.execution_ended(job.id)),)

    def _cleaned(self, job: Job, hand: Hand) -> tuple[Change, ...]:
        """A job that is over holds neither slot nor money."""
        hold = self.records.hold(job.tenant, job.id)
        money = Change(job.id, "hold", hold.state if hold else "none", "closed" if hold else "none")
        slots = [
            hand.apply(
                Change(f"{lane.id} {name}", "slot", "leased", "free"),
                lambda lane=lane, name=name, slot=slot: self.lanes.free(lane.id, name, slot.expires_ms),  # type: ignore[misc]
            )
            for lane in self.lanes.all()
            for name, slot in lane.slots.items()
            if name.rpartition("-")[0] == job.id
        ]
        return (hand.apply(money, lambda: self.jobs.close_hold(job)), *slots)

    def _remember(self, job: Job, changes: tuple[Change, ...], hand: Hand) -> None:
        """A line in the job's history for what changed; nudges changed nothing and leave none."""
        done = ", ".join(change.what for change in changes if change.needed and not change.nudge)
        if done and not hand.dry:
            self.jobs.remember(job, f"operator: {done}", self.clock.now_ms())


def _truth_of(job: Job, task: Task | None) -> str:
    if not job.attempts:
        return "never sent to Kling"
    if task is None:
        return f"Kling knows no task {job.attempt.external_id}"
    deducted = f", {plain(task.deduction)} units deducted" if task.deduction is not None else ""
    return f"task {task.task_id} {task.status}{deducted}"
