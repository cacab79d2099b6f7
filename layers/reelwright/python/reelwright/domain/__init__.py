"""What a job is, what it may become and what it costs: pure Python, no I/O."""
