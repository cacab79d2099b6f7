"""Hints on SQS: implements `ports.Hints`."""

from reelwright.adapters.aws.messages import HintQueue


class QueueHints(HintQueue):
    """Hints for dispatch."""

    def wake(self, lane: str, tenant: str, job_id: str | None = None, delay_seconds: int = 0) -> None:
        """See `ports.Hints.wake`: the table already says what has to happen."""
        self.put({"lane": lane, "tenant": tenant, "job": job_id}, tenant or lane, delay_seconds)
