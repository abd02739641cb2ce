"""Altair, pandas and numpy, loaded when they are first used: an unchanged build never pays.

Knows how to load a module late, and is the one place where their loose types are let in. Knows
nothing of figures.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import namedtuple
from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any


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
    import numpy as np
    import pandas as pd
else:
    alt = load_late("altair")
    np = load_late("numpy")
    pd = load_late("pandas")


def list_rows(frame: pd.DataFrame) -> list[Any]:
    """The rows of a frame, with a name for each column."""
    make = _name_columns(tuple(frame.columns))
    return [make(*cells) for cells in _list_cells(frame)]


def list_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries."""
    names = list(frame.columns)
    return [dict(zip(names, cells, strict=True)) for cells in _list_cells(frame)]


@lru_cache(maxsize=64)
def _name_columns(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names)


def _list_cells(frame: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    """Cells row by row, as Python's own; several times faster than column by column."""
    return map(tuple, frame.to_numpy(dtype=object).tolist())


def skip_checks() -> AbstractContextManager[None]:
    """Altair's checks of every part are off within: tests check whole specs once."""
    return alt.utils.schemapi.debug_mode(False)


__all__ = ["alt", "list_records", "list_rows", "np", "pd", "skip_checks"]
