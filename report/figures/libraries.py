"""Altair and pandas, loaded when they are first used: checking and unchanged builds never pay.

Knows how to load a module late, and is the one place where their loose types are let in. Knows
nothing of figures.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast


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
    from altair.utils import schemapi
else:
    alt = load_late("altair")
    pd = load_late("pandas")
    schemapi = load_late("altair.utils.schemapi")


def list_rows(frame: pd.DataFrame) -> list[Any]:
    """The rows of a frame, with a name for each column."""
    return list(frame.itertuples(index=False))


def list_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


def make_chart(rows: Sequence[Mapping[str, Any]]) -> Any:
    """A chart over rows that stand in the spec itself."""
    data: Any = alt.Data
    return alt.Chart(data(values=list(rows)))


__all__ = ["alt", "list_records", "list_rows", "make_chart", "pd", "schemapi"]
