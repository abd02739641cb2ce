"""Calls in the words that cannot be answered: what was found, and what to write instead.

Pure. Knows a view and its cut-off; knows neither what words may call nor where they stand.
"""

from __future__ import annotations

from collections.abc import Callable

from report.model import View
from report.periods import Period


class WordsError(ValueError):
    """A call in the words that cannot be answered: code, what was found, what to write."""

    def __init__(self, code: str, what: str, remedy: str, near: str = "") -> None:
        super().__init__(what)
        self.code, self.what, self.remedy, self.near = code, what, remedy, near


def explain_call(name: str, function: Callable[..., object], error: TypeError) -> WordsError:
    """What is wrong with how the function that words call `name` was called."""
    called = f"{function.__qualname__}()"
    what = str(error).replace(called, f"{name}()")
    what = what if what.startswith(name) else f"{name}(): {what}"
    return WordsError("E502", what, "see CONTRIBUTING.md for what it takes", name)


def tell_late(view: View, name: str, period: Period | None = None) -> str:
    """When what an edition lacks became known after its cut-off, to follow that; or nothing.

    Without a period it is the first of all values of the series that is asked for. Of a computed
    series nothing is told, for it is published by nobody.
    """
    cut_off = view.edition.cut_off
    late = [
        row.published
        for row in view.report.observations
        if row.series == name and row.value is not None and row.published > cut_off
        if period in {None, row.period}
    ]
    return f": it was published on {min(late)}, after the cut-off of {cut_off}" if late else ""
