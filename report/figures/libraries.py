"""Altair and pandas, loaded when they are first used: checking and unchanged builds never pay.

Knows how to load a module late. Knows nothing of charts.
"""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType
from typing import TYPE_CHECKING


def load_late(name: str) -> ModuleType:
    """The module of that name, whose code runs at the first use of one of its names."""
    if name in sys.modules:
        return sys.modules[name]
    found = importlib.util.find_spec(name)
    if found is None or found.loader is None:
        msg = f"{name} is not installed"
        raise ModuleNotFoundError(msg)
    found.loader = importlib.util.LazyLoader(found.loader)
    module = importlib.util.module_from_spec(found)
    sys.modules[name] = module
    found.loader.exec_module(module)
    return module


if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
else:
    alt = load_late("altair")
    pd = load_late("pandas")

__all__ = ["alt", "pd"]
