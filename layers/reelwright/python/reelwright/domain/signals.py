"""What a task tells the state machine by raising: the class's name is the error's name there."""

from reelwright.domain.errors import ReelwrightError


class WorkflowSignal(ReelwrightError):
    """An expected turn of the workflow, not a fault."""


class StillGenerating(WorkflowSignal):
    """Kling has not finished: wait for the next callback or the next rung of the ladder."""


class FinalizeBusy(WorkflowSignal):
    """Another finalizer holds an unexpired lease on the job."""


class CopyFailed(WorkflowSignal):
    """The result could not be copied this time; the generation is safe at Kling."""


class ProviderUnavailable(WorkflowSignal):
    """Kling could not be asked for the truth this time."""
