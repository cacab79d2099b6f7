"""A drill that did not go as its runbook says."""


class NotSeen(AssertionError):
    """What a drill waits for did not come."""
