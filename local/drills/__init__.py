"""`make runbooks`: each runbook's fault injected on this machine, its alarm judged, its commands run."""
