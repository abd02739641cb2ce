"""How far tests go: as far as is quick in `make test`, all the way in `make audit`."""

from __future__ import annotations

import os

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
"""Whether what is tried by examples is tried at all lengths."""
MOMENTS = int(os.environ.get("FAULT_MOMENTS", "4"))
"""At how many moments a build is killed."""
