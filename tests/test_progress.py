"""Progress is judged as the method says: by growth a year, exactly at the edges, never by guess."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.model import Desired, Frequency, Point, Series, SeriesDeclaration, Status, Target
from report.periods import parse_period
from report.progress import (
    LONG_TERM,
    SHORT_TERM,
    Course,
    Judgement,
    Obstacle,
    Pursuit,
    grow,
    judge_growth,
    judge_ratio,
    judge_series,
    judge_target,
)

CUT_OFF = date(2026, 11, 24)
SIGNIFICANT = Judgement.SIGNIFICANT_PROGRESS
VALUES = st.decimals("0.001", "1000000", places=3)
YEARS = st.integers(1, 40)
MIRROR = {
    Judgement.SIGNIFICANT_PROGRESS: Judgement.SIGNIFICANT_AWAY,
    Judgement.MODERATE_PROGRESS: Judgement.MODERATE_AWAY,
    Judgement.NO_CHANGE: Judgement.NO_CHANGE,
    Judgement.MODERATE_AWAY: Judgement.MODERATE_PROGRESS,
    Judgement.SIGNIFICANT_AWAY: Judgement.SIGNIFICANT_PROGRESS,
}


def make_series(
    values: Mapping[str, str],
    desired: Desired = "up",
    *,
    frequency: Frequency = Frequency.ANNUAL,
    status: Status = Status.FINAL,
) -> Series:
    """A series of values by period."""
    declaration = SeriesDeclaration(
        id="x",
        title={"en": "X"},
        unit="t",
        frequency=frequency,
        definition={"en": "X"},
        desired=desired,
        sources=(("a",),),
    )
    points = tuple(
        Point(parse_period(period), Decimal(value), status, ("a",), date(2026, 1, 1))
        for period, value in values.items()
    )
    return Series(declaration, points)


def judge(
    values: Mapping[str, str], desired: Desired = "up", term: int = SHORT_TERM
) -> tuple[str, str]:
    """The judgement, or why there is none, and the years."""
    course = judge_series(make_series(values, desired), CUT_OFF, term)
    return (course.obstacle or course.judgement), name_years(course)


def name_years(course: Course) -> str:
    """The two years of a course."""
    return " ".join(str(point.period) for point in (course.start, course.end) if point)


@pytest.mark.parametrize(
    ("first", "last", "up", "down"),
    [
        # Two years: 1.01² = 1.0201 and 0.99² = 0.9801 are the edges.
        ("100", "102.01", "significant_progress", "significant_away"),
        ("100", "102.0099999999", "moderate_progress", "moderate_away"),
        ("100", "100.0000000001", "moderate_progress", "moderate_away"),
        ("100", "100", "no_change", "no_change"),
        ("100", "99.9999999999", "moderate_away", "moderate_progress"),
        ("100", "98.0100000001", "moderate_away", "moderate_progress"),
        ("100", "98.01", "significant_away", "significant_progress"),
        ("100", "1", "significant_away", "significant_progress"),
    ],
)
def test_growth_is_judged_exactly_at_the_edges(first: str, last: str, up: str, down: str) -> None:
    """One per cent a year is significant, a hair less is not; the goal turns it round."""
    values = Decimal(first), Decimal(last)

    assert judge_growth(*values, 2, "up") == up
    assert judge_growth(*values, 2, "down") == down


@pytest.mark.parametrize(
    ("ratio", "judgement"),
    [
        ("1.2", "significant_progress"),
        ("0.95", "significant_progress"),
        ("0.9499999999", "moderate_progress"),
        ("0.6", "moderate_progress"),
        ("0.5999999999", "insufficient_progress"),
        ("0", "insufficient_progress"),
        ("-0.0000000001", "away"),
    ],
)
def test_a_ratio_is_judged_exactly_at_the_edges(ratio: str, judgement: str) -> None:
    """95%, 60% and nothing."""
    assert judge_ratio(Decimal(ratio)) == judgement


def test_growth_a_year_is_compound() -> None:
    """From 100 to 121 in two years is ten per cent a year, to 81 a loss of ten per cent."""
    assert grow(Decimal(100), Decimal(121), 2) == Decimal("0.1")
    assert grow(Decimal(100), Decimal(81), 2) == Decimal("-0.1")


def test_growth_has_more_digits_than_a_ratio_needs() -> None:
    """Doubled in two years: the square root of two, less one."""
    root = Decimal("0.41421356237309504880168872420969807856967187537694")

    assert abs(grow(Decimal(100), Decimal(200), 2) - root) < Decimal("1e-45")


@given(first=VALUES, last=VALUES, years=YEARS, factor=VALUES)
def test_the_unit_does_not_matter(
    first: Decimal, last: Decimal, years: int, factor: Decimal
) -> None:
    """All values times a positive number are judged alike."""
    scaled = judge_growth(first * factor, last * factor, years, "up")

    assert scaled == judge_growth(first, last, years, "up")


@given(first=VALUES, last=VALUES, years=YEARS)
def test_the_opposite_goal_mirrors_the_judgement(first: Decimal, last: Decimal, years: int) -> None:
    """What is progress for one goal is as much movement away from the other."""
    assert (
        judge_growth(first, last, years, "down") == MIRROR[judge_growth(first, last, years, "up")]
    )


@given(first=VALUES, last=VALUES, years=YEARS)
def test_a_judgement_agrees_with_the_growth_that_is_shown(
    first: Decimal, last: Decimal, years: int
) -> None:
    """Away from the edges the rate, worked out with roots, says the same."""
    rate = grow(first, last, years)
    if abs(abs(rate) - Decimal("0.01")) > Decimal("1e-30"):
        judgement = judge_growth(first, last, years, "up")
        is_significant = judgement in {Judgement.SIGNIFICANT_PROGRESS, Judgement.SIGNIFICANT_AWAY}

        assert is_significant == (abs(rate) > Decimal("0.01"))


@pytest.mark.parametrize(
    ("values", "term", "expected"),
    [
        # The year five before the newest, though others lie between and before.
        ({"2015": "9", "2020": "10", "2023": "1", "2025": "11"}, 5, "2020 2025"),
        # One year off; of two, the earlier.
        ({"2019": "10", "2021": "10", "2025": "11"}, 5, "2019 2025"),
        ({"2021": "10", "2025": "11"}, 5, "2021 2025"),
        ({"2007": "10", "2012": "10", "2023": "11"}, 15, "2007 2023"),
        ({"2013": "10", "2025": "11"}, 15, "2013 2025"),
        ({"2008": "10", "2011": "10", "2025": "11"}, 15, "2011 2025"),  # nearer than 2008
        ({"2007": "10", "2025": "11"}, 15, "2007 2025"),
    ],
)
def test_a_term_begins_in_its_year_or_the_nearest_known(
    values: dict[str, str], term: int, expected: str
) -> None:
    """At most a fifth of the term off."""
    _, years = judge(values, term=term)

    assert years == expected


@pytest.mark.parametrize(
    ("values", "term", "obstacle", "years"),
    [
        ({"2018": "10", "2022": "10", "2025": "11"}, SHORT_TERM, Obstacle.TOO_SHORT, "2025"),
        ({"2006": "10", "2014": "10", "2025": "11"}, LONG_TERM, Obstacle.TOO_SHORT, "2025"),
        ({"2025": "11"}, SHORT_TERM, Obstacle.TOO_SHORT, "2025"),
        ({}, SHORT_TERM, Obstacle.NOT_YEARLY, ""),
        ({"2026": "11"}, SHORT_TERM, Obstacle.NOT_YEARLY, ""),  # has not ended
        ({"2020-01": "10", "2025-01": "11"}, SHORT_TERM, Obstacle.NOT_YEARLY, ""),
        ({"2020": "0", "2025": "11"}, SHORT_TERM, Obstacle.ZERO, "2020 2025"),
        ({"2020": "11", "2025": "0"}, SHORT_TERM, Obstacle.ZERO, "2020 2025"),
        ({"2020": "-1", "2025": "11"}, SHORT_TERM, Obstacle.ZERO, "2020 2025"),
        ({"2020": "-2", "2025": "-1"}, SHORT_TERM, Obstacle.ZERO, "2020 2025"),
        ({"2008": "-0.1", "2020": "0.1", "2025": "0.5"}, SHORT_TERM, Obstacle.ZERO, "2020 2025"),
    ],
)
def test_what_cannot_be_judged_says_why(
    values: dict[str, str], term: int, obstacle: Obstacle, years: str
) -> None:
    """Gaps, part-years and zeros give no judgement, and no growth is made up."""
    course = judge_series(make_series(values), CUT_OFF, term)

    assert course.judgement is Judgement.NOT_JUDGED
    assert course.obstacle is obstacle
    assert course.growth is None
    assert name_years(course) == years


@pytest.mark.parametrize("values", [("0.1", "0.5"), ("1", "2"), ("0.5", "1")])
def test_small_values_are_judged_like_any_other(values: tuple[str, str]) -> None:
    """Shares may be written below one."""
    assert judge(dict(zip(("2020", "2025"), values, strict=True))) == (
        "significant_progress",
        "2020 2025",
    )


def test_the_goal_of_the_series_decides_what_its_growth_means() -> None:
    """A rise is movement away where a fall is wanted."""
    assert judge({"2020": "100", "2025": "121"}, "down")[0] == "significant_away"


def test_a_zero_between_the_years_does_no_harm() -> None:
    """Only the two years count: 100 to 121 in five years is more than one per cent a year."""
    assert judge({"2000": "0", "2020": "100", "2025": "121"}) == (
        "significant_progress",
        "2020 2025",
    )


def test_forecasts_and_the_running_year_are_left_out() -> None:
    """The newest year is the last that ended and was observed."""
    forecast = make_series({"2020": "100", "2025": "50"}, status=Status.FORECAST)

    assert judge({"2020": "100", "2025": "121", "2026": "1"})[1] == "2020 2025"
    assert judge_series(forecast, CUT_OFF, SHORT_TERM).obstacle is Obstacle.NOT_YEARLY


def test_a_year_has_ended_on_its_last_day() -> None:
    """And not on the day before it."""
    series = make_series({"2020": "100", "2024": "110", "2025": "121"})
    ends = [
        judge_series(series, day, SHORT_TERM).end
        for day in (date(2025, 12, 30), date(2025, 12, 31))
    ]

    assert [str(end.period) for end in ends if end] == ["2024", "2025"]


def test_years_among_other_periods_are_not_taken() -> None:
    """A series that comes irregularly states different things; its years are no series of years."""
    values = {"2020": "100", "2025": "121"}
    series = make_series(values, frequency=Frequency.IRREGULAR)

    assert judge_series(series, CUT_OFF, SHORT_TERM).obstacle is Obstacle.NOT_YEARLY


def make_target(value: str, by: str = "2022", base: str = "2020") -> Target:
    """A target."""
    return Target(series="x", value=Decimal(value), by=by, base=base, event="e")


@pytest.mark.parametrize(
    ("value", "desired", "values", "ratio", "judgement"),
    [
        # Required: from 100 to 121 in two years, 10% a year. Achieved in the year: 9.5%.
        ("121", "up", {"2020": "100", "2022": "119.9025"}, "0.95", "significant_progress"),
        ("121", "up", {"2020": "100", "2022": "112.36"}, "0.6", "moderate_progress"),
        ("121", "up", {"2020": "100", "2022": "110.25"}, "0.5", "insufficient_progress"),
        ("121", "up", {"2020": "100", "2022": "81"}, "-1", "away"),
        ("121", "up", {"2020": "100", "2022": "121", "2023": "1"}, "1", "significant_progress"),
        # A year before the target's: 5% so far.
        ("121", "up", {"2020": "100", "2021": "105"}, "0.5", "insufficient_progress"),
        # Downwards: required a loss of 10%, achieved one of 20%, then a gain of 10%.
        ("81", "down", {"2020": "100", "2022": "64"}, "2", "significant_progress"),
        ("81", "down", {"2020": "100", "2022": "121"}, "-1", "away"),
    ],
)
def test_a_target_is_judged_by_achieved_over_required_growth(
    value: str, desired: Desired, values: dict[str, str], ratio: str, judgement: str
) -> None:
    """From the base to the target's year, or to the newest year before it."""
    pursuit = judge_target(make_target(value), make_series(values, desired), CUT_OFF)

    assert pursuit.ratio is not None
    assert abs(pursuit.ratio - Decimal(ratio)) < Decimal("1e-29")
    assert pursuit.course.judgement == judgement


def test_a_judged_target_carries_what_it_was_judged_by() -> None:
    """The two years, the growth that was achieved and the one that is required."""
    target = make_target("121")
    series = make_series({"2020": "100", "2022": "144", "2023": "1"})

    assert judge_target(target, series, CUT_OFF) == Pursuit(
        target,
        Course(SIGNIFICANT, series.points[0], series.points[1], Decimal("0.2")),
        Decimal("0.1"),
        Decimal(2),
    )


@pytest.mark.parametrize(
    ("values", "course", "required"),
    [
        ({"2020": "100", "2023": "121"}, (None, None, None, Obstacle.TOO_SHORT), None),
        ({"2020": "0", "2022": "121"}, (0, 1, None, Obstacle.ZERO), None),
        ({"2020": "144", "2022": "100"}, (0, 1, "-1/6", Obstacle.REACHED), "-1/12"),
    ],
)
def test_a_target_that_was_not_judged_carries_what_is_known(
    values: dict[str, str],
    course: tuple[int | None, int | None, str | None, Obstacle],
    required: str | None,
) -> None:
    """144 to 100 is 12 to 10 squared, a loss of a sixth; 144 to 121 of a twelfth."""
    target, series = make_target("121"), make_series(values)
    start, end, growth, obstacle = course

    pursuit = judge_target(target, series, CUT_OFF)

    points = [None if at is None else series.points[at] for at in (start, end)]
    assert (pursuit.target, pursuit.ratio) == (target, None)
    assert [pursuit.course.start, pursuit.course.end] == points
    assert pursuit.course.obstacle is obstacle
    assert [near(pursuit.course.growth), near(pursuit.required)] == [growth, required]


def near(share: Decimal | None) -> str | None:
    """A share as a fraction with a small denominator."""
    return None if share is None else str(Fraction(share).limit_denominator(100))


@pytest.mark.parametrize(
    ("value", "desired", "values", "obstacle"),
    [
        ("121", "up", {"2020": "100"}, Obstacle.TOO_SHORT),
        ("121", "up", {"2019": "100", "2022": "121"}, Obstacle.TOO_SHORT),
        ("121", "up", {"2020": "100", "2023": "121"}, Obstacle.TOO_SHORT),
        ("121", "up", {}, Obstacle.NOT_YEARLY),
        ("121", "up", {"2020": "0", "2022": "121"}, Obstacle.ZERO),
        ("100", "up", {"2020": "100", "2022": "121"}, Obstacle.REACHED),
        ("90", "up", {"2020": "100", "2022": "121"}, Obstacle.REACHED),
        ("121", "down", {"2020": "100", "2022": "90"}, Obstacle.REACHED),
    ],
)
def test_a_target_that_cannot_be_judged_says_why(
    value: str, desired: Desired, values: dict[str, str], obstacle: Obstacle
) -> None:
    """Unknown years, zeros, and targets that lay behind."""
    pursuit = judge_target(make_target(value), make_series(values, desired), CUT_OFF)

    assert (pursuit.course.judgement, pursuit.ratio) == (Judgement.NOT_JUDGED, None)
    assert pursuit.course.obstacle is obstacle
