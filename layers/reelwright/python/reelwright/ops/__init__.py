"""`reelwright ops`: the command line of whoever operates a deployed pipeline."""
