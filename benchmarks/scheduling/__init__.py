"""The real scheduler on a simulated clock, and what people use in its place on the same one."""
