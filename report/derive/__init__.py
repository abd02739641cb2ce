"""Series computed from others by declared operations.

Pure. Each operation is one function in one of the modules imported here, with its formula and its
source; adding an operation is adding one function. Knows nothing of files, languages or drawings.
"""

from report.derive import arithmetic, averages, rates, risk, trade
from report.derive.declarations import check_derived
from report.derive.operations import operation_names
from report.derive.order import derive_series

LIBRARY = (arithmetic, averages, rates, risk, trade)
"""The modules that hold operations: importing them is what makes the operations known."""

__all__ = ["LIBRARY", "check_derived", "derive_series", "operation_names"]
