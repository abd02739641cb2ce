"""Derived series are computed in the order of their needs, whatever order they are declared in."""

from datetime import date
from graphlib import CycleError
from typing import Any

import pytest

from report.derive import derive_series
from report.model import Point, Series, Status
from report.periods import parse_period
from tests.derive.examples import declare, declare_series, show, years


def test_series_may_use_one_that_is_declared_later() -> None:
    """Growth of a sum: 1 + 3 = 4, 2 + 3 = 5, growth 25 %."""
    observed = {
        "a": Series(declare_series("a"), years("1", "2")),
        "b": Series(declare_series("b"), years("3", "3")),
    }
    declarations = {
        "rate": declare("growth", "both", name="rate"),
        "both": declare("sum", "a", "b", name="both"),
    }

    derived = derive_series(declarations, observed)

    assert list(derived) == ["rate", "both"]
    assert show(derived["rate"].points) == {"2002": "25"}
    assert derived["both"].declaration is declarations["both"]


def test_periods_that_are_not_published_have_no_result() -> None:
    """A period that a source keeps to itself is neither zero nor filled in."""
    hidden = Point(parse_period("2002"), None, Status.NOT_PUBLISHED, ("a",), date(2026, 1, 1))
    observed = {"a": Series(declare_series("a"), (*years("1"), hidden, *years("3", first=2003)))}

    derived = derive_series({"double": declare("sum", "a", "a", name="double")}, observed)

    assert show(derived["double"].points) == {"2001": "2", "2003": "6"}


def test_series_of_which_nothing_is_known_gives_empty_results() -> None:
    """An edition before the first value still has every declared series."""
    observed = {"a": Series(declare_series("a"), ())}
    options: dict[str, dict[str, Any]] = {
        "growth": {},
        "index": {"base": 2001},
        "cagr": {"years": 1},
        "rolling_mean": {"window": 2},
        "volatility": {"by": "year"},
        "drawdown": {},
        "percentile": {},
        "period_mean": {"to": "year"},
    }
    wanted = {name: declare(name, "a", name=name, **options[name]) for name in options}

    derived = derive_series(wanted, observed)

    assert {name: series.points for name, series in derived.items()} == dict.fromkeys(wanted, ())


def test_empty_running_drawdown() -> None:
    """Nothing known, nothing lost."""
    observed = {"a": Series(declare_series("a"), years("0"))}

    derived = derive_series({"x": declare("drawdown", "a", by="running")}, observed)

    assert derived["x"].points == ()


def test_circle_stops_the_computation() -> None:
    """A circle that escaped the checks ends in an error, not in a loop."""
    declarations = {
        "a": declare("growth", "b", name="a"),
        "b": declare("growth", "a", name="b"),
    }

    with pytest.raises(CycleError):
        derive_series(declarations, {})
