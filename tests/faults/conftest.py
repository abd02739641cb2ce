"""What tests of faults have in common: a built report, and a copy of it with an edit."""

from tests.faults.builds import build_once, copy_with_edit

__all__ = ["build_once", "copy_with_edit"]
