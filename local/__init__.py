"""Reelwright on one machine: the embedded AWS, its deployment, and the front door."""
