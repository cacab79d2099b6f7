"""Every condition on a write: found in the source, ignored one clause at a time, and missed by some probe."""
