"""The HTTP face of the use cases: what comes in is made strict, what goes out is made JSON."""
