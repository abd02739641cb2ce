"""Values in per cent of a base period's.

Knows frames. A line without a value in the base period has no index and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from report.figures.gathering import COLUMNS, make_frame
from report.figures.libraries import list_records, pd
from report.figures.request import Request
from report.periods import parse_period


def index_frame(frame: pd.DataFrame, base: str, keys: Sequence[str] = ("series",)) -> pd.DataFrame:
    """The frame with each line's base period as 100; lines are told apart by `keys`."""
    period = parse_period(base)
    rows = list_records(frame)
    bases = {
        tuple(row[key] for key in keys): row["exact"]
        for row in rows
        if row["period"] == period and row["exact"]
    }
    kept = []
    for row in rows:
        divisor = bases.get(tuple(row[key] for key in keys))
        if divisor is None:
            continue
        if row["exact"] is not None:
            row["exact"] = row["exact"] / divisor * 100
            row["value"] = float(row["exact"])
        kept.append(row)
    return make_frame(kept, [name for name in frame.columns if name not in COLUMNS])


def name_index(request: Request) -> str:
    """What the numbers of an indexed figure are, in words."""
    period = request.catalogue.period(parse_period(request.options.base))
    return request.catalogue.gettext("index, %(period)s = 100", period=period)
