"""Kling's HTTP API, legacy standard."""
