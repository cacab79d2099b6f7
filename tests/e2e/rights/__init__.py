"""Whether each right of each function's role is needed."""
