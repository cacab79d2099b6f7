"""Packages the functions and layers without Docker: `python -m tools.build --target embedded|lambda`."""
