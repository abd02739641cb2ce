"""What holds for every operation."""

from decimal import Decimal, getcontext, localcontext
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report.derive import LIBRARY, operation_names
from report.derive.operations import OPERATIONS, Result
from report.model import Status
from tests.derive.examples import AMOUNTS, POSITIVE, Points, compute, series, show, years

REQUIRED: dict[str, dict[str, Any]] = {
    "cagr": {"years": 1},
    "drawdown": {"by": "running"},
    "index": {"base": "2001-01"},
    "percentile": {"min_points": 1},
    "period_last": {"to": "year"},
    "period_mean": {"to": "quarter", "complete": False},
    "period_sum": {"to": "quarter"},
    "product": {"factor": "-2.5", "note": "x"},
    "rolling_mean": {"window": 3},
    "volatility": {"window": 2},
}
"""Options that an operation must have, or with which short series give it something to do."""

SUMMING_UP = {"period_last", "period_mean", "period_sum"}
"""Operations whose last longer period a later value may complete."""

ORDER = [Status.FINAL, Status.PROVISIONAL, Status.ESTIMATE, Status.FORECAST]


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[Points]]:
    """An operation with as many series as it takes."""
    name = draw(st.sampled_from(operation_names()))
    takes = OPERATIONS[name].takes
    count = next(n for n in range(1, 9) if takes.fits(n))
    values = draw(st.sampled_from([AMOUNTS, POSITIVE]))
    return name, [draw(series(values)) for _ in range(count)]


def test_operations_are_those_of_the_plan() -> None:
    """A data editor may rely on every one of these names."""
    assert operation_names() == (
        *("cagr", "change", "complementarity", "difference", "drawdown", "growth"),
        *("grubel_lloyd", "herfindahl", "index", "mirror_gap", "percentile", "period_last"),
        *("period_mean", "period_sum", "product", "ratio", "revealed_comparative_advantage"),
        *("rolling_mean", "share", "sum", "trade_intensity", "volatility"),
    )


def test_every_operation_states_its_formula_and_source() -> None:
    """A reader of an operation learns where it comes from without leaving the page."""
    for name in operation_names():
        text = OPERATIONS[name].compute.__doc__ or ""
        assert "Source:" in text, name
        assert ":" in text.split("\n")[0] or name == "period_last", name


def test_every_option_says_what_it_means() -> None:
    """Each settings model has words of its own."""
    assert LIBRARY
    for name in operation_names():
        assert OPERATIONS[name].options.__doc__, name


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_no_result_is_other_than_a_number(case: tuple[str, list[Points]]) -> None:
    """Whatever comes in, no NaN and no infinity comes out, and periods are unique, in order."""
    name, inputs = case

    points = compute(name, *inputs, **REQUIRED.get(name, {}))

    assert all(point.value is not None and point.value.is_finite() for point in points)
    periods = [point.period for point in points]
    assert periods == sorted(set(periods))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_no_result_is_firmer_or_earlier_than_any_input(case: tuple[str, list[Points]]) -> None:
    """Sources, status and day of a result come from its inputs and nowhere else."""
    name, inputs = case
    given_points = [point for points in inputs for point in points]

    for point in compute(name, *inputs, **REQUIRED.get(name, {})):
        assert set(point.sources) <= {s for p in given_points for s in p.sources}
        assert list(point.sources) == sorted(set(point.sources))
        assert point.published in {p.published for p in given_points}
        weakest = max(ORDER.index(p.status) for p in given_points)
        assert ORDER.index(point.status) <= max(weakest, 1)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_later_value_never_changes_an_earlier_result(case: tuple[str, list[Points]]) -> None:
    """Results of the past stand when the next period comes."""
    name, inputs = case
    options = REQUIRED.get(name, {})
    shorter = [points[:-1] for points in inputs]
    before = compute(name, *shorter, **options)
    after = {point.period: point for point in compute(name, *inputs, **options)}
    last = min((points[-1].period for points in inputs if points), default=None)

    for point in before:
        if name not in SUMMING_UP or (last and point.period.end < last.start):
            assert after[point.period] == point


def test_surrounding_precision_changes_nothing() -> None:
    """Another part of the program may set its own precision; results do not depend on it."""
    usual = compute("ratio", years("1"), years("3"))
    with localcontext() as context:
        context.prec = 3
        coarse = compute("ratio", years("1"), years("3"))
        assert getcontext().prec == 3

    assert usual == coarse
    assert usual[0].value == Decimal("0.3333333333333333333333333333")


def test_options_are_whole_and_typed() -> None:
    """A frozen model refuses what it does not know and converts nothing silently."""
    with pytest.raises(ValueError, match="window"):
        compute("rolling_mean", years("1"), window="3")
    with pytest.raises(ValueError, match="extra"):
        compute("share", years("1"), years("1"), window=3)


def test_result_of_mirror_gap_depends_on_its_options() -> None:
    """Relative it is a rate, absolute it has the unit of its inputs."""
    gap = OPERATIONS["mirror_gap"]

    assert gap.units.result_for(gap.options.model_validate({})) is Result.RATE
    absolute = gap.options.model_validate({"relative": False})
    assert gap.units.result_for(absolute) is Result.SAME


def test_sum_keeps_the_plain_name() -> None:
    """The underscore that keeps clear of Python's own word is not part of the name."""
    assert show(compute("sum", years("1"), years("2"))) == {"2001": "3"}
    assert "sum_" not in operation_names()
