"""Crash every step: the real functions on moto, with every outside effect interrupted in turn."""
