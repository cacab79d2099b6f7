"""Composition roots: one a function, each building only what its function uses."""
