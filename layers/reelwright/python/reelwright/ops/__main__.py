"""`python -m reelwright.ops`."""

import sys

from reelwright.ops.main import main

sys.exit(main(sys.argv[1:]))
