"""The account of revisions: what was revised, how reliable first releases were, and triangles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from report.accounts import Accounts
from report.changes import Tier
from report.model import FigureDeclaration, Observation, PageFigures, View
from report.vintages import as_of
from tests.examples import ENGLISH, declare_series, make_second_view, make_small_view, observe

DAY = date(2026, 6, 1)


@lru_cache
def account() -> Accounts:
    """The second report's account."""
    return Accounts(make_second_view(), ENGLISH)


def make_view(*rows: Observation) -> View:
    """A view of series `x`, whose reporter is A, known on a day."""
    declared = {"x": declare_series("x").model_copy(update={"reporter": "A"})}
    view = make_small_view({"x": {}})
    series = as_of(declared, rows, DAY)
    edition = view.edition.model_copy(update={"cut_off": DAY})
    return replace(view, edition=edition, series=series, vintages={"x": rows})


def release(year: int, first: str, later: str) -> tuple[Observation, Observation]:
    """A year's value, first published a month after it and again a year later."""
    return (
        observe("x", f"{year}", first, f"{year + 1}-02-01"),
        observe("x", f"{year}", later, f"{year + 2}-02-01"),
    )


def test_the_register_holds_each_revision_largest_first() -> None:
    """Three of the trips, and the crashes of 2023, of which the survey counted ten.

    From 350 to 362 is 12 / 712 = 1.7 %, from 502 to 498.5 0.35 %, from 468 to 471 0.32 %.
    """
    (chapter,) = account().register()
    told = {
        record.series.id: [(one.period, one.old, one.new, one.tier) for one in record.rows]
        for record in chapter.records
    }

    assert (chapter.reporter, chapter.count) == ("both towns", 4)
    assert list(told) == ["river.trips", "crashes.hill"]
    assert told["river.trips"] == [
        ("2020", "350.0 thousand trips", "362.0 thousand trips", Tier.YELLOW),
        ("2024", "502.0 thousand trips", "498.5 thousand trips", Tier.GREEN),
        ("2023", "468.0 thousand trips", "471.0 thousand trips", Tier.GREEN),
    ]
    assert told["crashes.hill"] == [("2023", "9 crashes", "10 crashes", Tier.YELLOW)]


def test_a_reporter_is_too_low_where_the_test_says_so() -> None:
    """Revisions of 1, 2, 1, 2, 1: mean 1.4, s² = 0.3, error 0.245, t = 5.7 > 2.776."""
    rows = [
        row
        for at, by in enumerate((1, 2, 1, 2, 1))
        for row in release(2010 + at, "10", f"{10 + by}")
    ]
    found = Accounts(make_view(*rows), ENGLISH)
    (group,) = found.groups()

    assert (group.reporter, group.verdict, group.is_enough) == ("A", "too low", True)
    assert (group.newest.mean, group.newest.mean_absolute, group.newest.count) == ("+1.4", "1.4", 5)
    assert group.share == "+14.0%"
    lead = found.lead()
    assert (lead.count, lead.raised, lead.lowered) == (5, 5, 0)
    assert (lead.low, lead.high, lead.even, lead.few, lead.judged) == (1, 0, 0, 0, 1)


def test_revisions_up_and_down_are_no_bias() -> None:
    """1, −1, 1, −1, 0: the mean is 0; the mean absolute revision is 0.8."""
    rows = [
        row
        for at, by in enumerate((1, -1, 1, -1, 0))
        for row in release(2010 + at, "10", f"{10 + by}")
    ]
    found = Accounts(make_view(*rows), ENGLISH)
    (group,) = found.groups()

    assert group.verdict == "neither too low nor too high, by this test"
    assert (group.newest.mean, group.newest.mean_absolute) == ("0.00", "0.80")
    lead = found.lead()
    assert (lead.raised, lead.lowered, lead.even) == (2, 2, 1)


def test_few_cases_say_nothing() -> None:
    """Four are too few; a value that never changed is told so, and none at all leaves no group."""
    few = Accounts(make_view(*release(2010, "1", "2")), ENGLISH)
    still = Accounts(make_view(*release(2010, "1", "1")), ENGLISH)
    none = Accounts(make_view(observe("x", "2010", "1", "2011-02-01")), ENGLISH)

    assert [one.verdict for one in few.groups()] == ["too few to say"]
    assert [one.verdict for one in still.groups()] == ["never changed"]
    assert (none.groups(), none.lead().count, none.register()) == ([], 0, [])


def test_a_horizon_holds_what_was_known_by_then() -> None:
    """The later value came exactly one year after the first: nothing is known after six months."""
    found = Accounts(make_view(*release(2010, "10", "11")), ENGLISH)
    (group,) = found.groups()
    shown = dict(zip(found.horizons, group.horizons, strict=True))

    assert list(shown) == ["6 months", "1 year", "2 years", "3 years", "5 years"]
    assert shown["6 months"] is None
    assert shown["1 year"] is not None
    assert shown["1 year"].count == 1


def test_triangles_are_those_of_the_fans_of_the_page() -> None:
    """Of other forms and pages none; a value that differs from the column before is marked."""
    fan = FigureDeclaration(
        id="f", form="fan", title={"en": "F"}, takeaway={"en": "F"}, series=("x",), start="2011"
    )
    line = fan.model_copy(update={"id": "l", "form": "line"})
    view = make_view(*release(2010, "1", "2"), *release(2011, "10", "11.5"))
    figures = (PageFigures("revisions", (), (fan, line)), PageFigures("other", (), (fan,)))
    view = replace(view, report=replace(view.report, figures=figures))
    (triangle,) = Accounts(view, ENGLISH).triangles()

    assert triangle.days == ("1 February 2012", "1 February 2013")
    assert triangle.rows == (("2011", (("10.0", False), ("11.5", True))),)
