"""Renew secrets while everything runs: at every instant old and new both hold.

Functions keep a secret for up to five minutes, so whatever is to be accepted must be known that long before it is used.
"""

from reelwright.use_cases.ops.rotation.callbacks import RotateCallbacks
from reelwright.use_cases.ops.rotation.fields import KNOWN_AFTER_MS
from reelwright.use_cases.ops.rotation.kling import RotateKling
from reelwright.use_cases.ops.rotation.masters import RotateMasters
from reelwright.use_cases.ops.rotation.media import EDGES_KNOW_AFTER_MS, RotateMediaKeys

__all__ = [
    "EDGES_KNOW_AFTER_MS",
    "KNOWN_AFTER_MS",
    "RotateCallbacks",
    "RotateKling",
    "RotateMasters",
    "RotateMediaKeys",
]
