"""The command line's composition root: everything is made when a command first asks for it."""

from reelwright.composition.ops.books import Given
from reelwright.composition.ops.toolbox import Toolbox

__all__ = ["Given", "Toolbox"]
