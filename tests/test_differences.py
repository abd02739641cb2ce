"""What a diff of two views says in full: states, declarations, and what is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from report.changes import (
    ChangeKind,
    ClaimChange,
    Coverage,
    Diff,
    Extent,
    ListChange,
    MeasureChange,
    RowChange,
    SeriesChange,
    State,
    ValueChange,
)
from report.model import Frequency, MeasureStatus, Reason, Series, Status, Unit, View
from report.periods import parse_period
from report.revisions import compare_views
from report.statements import Verdict
from tests.derive.examples import declare
from tests.examples import TODAY, make_second_view, observe
from tests.test_revisions import correct, see

YEAR = parse_period("2020")
FIRST = observe("x", "2020", "2")


def state(value: str | None, **changes: object) -> State:
    """The value of `x` for 2020 as its row has it, with some parts changed."""
    number = None if value is None else Decimal(value)
    made = State(number, Status.FINAL, ("a",), date(2026, 1, 1), "t", Reason.FIRST)
    return replace(made, **changes)  # type: ignore[arg-type] # parts by name


def redeclare(view: View, **changes: object) -> View:
    """The view with parts of the declaration of `x` changed."""
    series = view.series["x"]
    declaration = series.declaration.model_copy(update=changes)
    return replace(view, series={"x": replace(series, declaration=declaration)})


def test_a_value_that_changes_shows_both_of_its_states() -> None:
    """With status, source, day, unit and reason of each."""
    second = replace(
        observe("x", "2020", "3", "2026-02-01", "b", status=Status.ESTIMATE), reason=Reason.MAJOR
    )
    after = replace(see(second), vintages={"x": (FIRST, second)})

    diff = compare_views(see(FIRST), after)

    new = state(
        "3",
        status=Status.ESTIMATE,
        sources=("b",),
        published=date(2026, 2, 1),
        reason=Reason.MAJOR,
    )
    assert diff == Diff(values=(ValueChange(ChangeKind.REVISED, "x", YEAR, state("2"), new),))


def test_a_value_that_comes_or_goes_has_one_state() -> None:
    """And the series spans other periods."""
    diff = compare_views(see(), see(FIRST))
    back = compare_views(see(FIRST), see())

    assert diff == Diff(
        values=(ValueChange(ChangeKind.APPEARED, "x", YEAR, None, state("2")),),
        coverage=(Coverage("x", Extent(), Extent(1, YEAR, YEAR), 1, 0),),
    )
    assert back.values == (ValueChange(ChangeKind.DISAPPEARED, "x", YEAR, state("2"), None),)
    assert back.coverage == (Coverage("x", Extent(1, YEAR, YEAR), Extent(), 0, 1),)


def test_a_row_without_a_value_is_told_by_its_status_and_reason() -> None:
    """Overwritten in place, as any other."""
    silent = observe("x", "2020", None)
    retracted = replace(silent, status=Status.RETRACTED, reason=Reason.MAJOR)

    diff = compare_views(see(silent), see(retracted))

    assert diff.rows == (
        RowChange(
            ChangeKind.REWRITTEN,
            "x",
            YEAR,
            "a",
            date(2026, 1, 1),
            "not_published, first",
            "retracted, major",
        ),
    )


def test_rows_go_only_if_the_edition_could_see_them() -> None:
    """One of its last day could; others of the series are told whatever is passed over."""
    late, other = observe("x", "2020", "1", "2026-02-01"), observe("x", "2021", "4")
    old, new = see(late, other), see(replace(other, value=Decimal(5)))
    rows = {}
    for day in (date(2026, 1, 31), date(2026, 2, 1)):
        edition = new.edition.model_copy(update={"cut_off": day})
        found = compare_views(old, replace(new, edition=edition)).rows
        rows[day.day] = [(row.kind.value, str(row.period)) for row in found]

    rewritten = ("rewritten", "2021")
    assert rows == {31: [rewritten], 1: [("disappeared", "2020"), rewritten]}


def test_a_correction_touches_the_value_of_its_source_alone() -> None:
    """A flag keeps the row's day and reason; any other is of the day of the correction."""
    plain, words = see(FIRST), "A digit was lost."
    cases = {
        "override": state("20", published=TODAY, reason=Reason.CORRECTION, correction=words),
        "flag": state("2", correction=words),
    }
    for action, new in cases.items():
        changed = correct(plain, action=action, value="20" if action == "override" else None)
        firm = see(replace(FIRST, status=Status.ESTIMATE))
        (change,) = compare_views(firm, changed).values
        assert change.new == new

    firm = see(replace(FIRST, status=Status.ESTIMATE))
    for other in ({"source": "b"}, {"period": "2021"}, {"series": "y"}):
        (change,) = compare_views(firm, correct(plain, **other)).values
        assert change.new == state("2")


def test_a_correction_without_english_words_says_nothing() -> None:
    """The value is corrected all the same."""
    plain = see(FIRST)

    (change,) = compare_views(plain, correct(plain, reason={"ru": "Потеряна цифра."})).values

    assert change.new == state("20", published=TODAY, reason=Reason.CORRECTION, correction="")


def test_a_correction_is_told_from_its_day_on() -> None:
    """One that the edition's cut-off does not reach yet is not there."""
    plain = see(FIRST)
    edition = plain.edition.model_copy(update={"cut_off": TODAY - timedelta(days=1)})
    early = replace(correct(plain, action="flag", value=None), edition=edition)

    assert compare_views(replace(plain, edition=edition), early).lists == ()


def test_a_series_that_comes_or_goes_is_told_by_its_title() -> None:
    """Its rows are not told as well."""
    known = see(FIRST)
    unknown = replace(known, series={}, vintages={})

    there, back = compare_views(unknown, known), compare_views(known, unknown)

    assert there.series == (SeriesChange(ChangeKind.APPEARED, "x", "", "Series x"),)
    assert back.series == (SeriesChange(ChangeKind.DISAPPEARED, "x", "Series x", ""),)
    assert (there.rows, back.rows) == ((), ())


def test_a_definition_is_told_with_all_that_it_is_made_of() -> None:
    """Words, then frequency, reporter, place and valuation."""
    view = see(FIRST)
    yearly = {"frequency": Frequency.ANNUAL, "reporter": "A", "geography": "B", "valuation": "CIF"}

    diff = compare_views(view, redeclare(view, **yearly))

    assert diff.series == (
        SeriesChange(
            ChangeKind.DEFINITION,
            "x",
            "Something that is weighed [irregular; ; ; ]",
            "Something that is weighed [annual; A; B; CIF]",
        ),
    )


def test_a_formula_is_told_with_its_inputs_and_options() -> None:
    """Options by name; a computed series has no order of sources."""
    view = see(FIRST)
    made = declare("ratio", "a", "b").model_copy(update={"title": {"en": "Series x"}})
    other = made.model_copy(update={"options": {"scale": "10", "note": "n"}})
    views = [
        replace(view, series={"x": Series(declaration, view.series["x"].points)})
        for declaration in (made, other)
    ]

    assert compare_views(*views).series == (
        SeriesChange(
            ChangeKind.DEFINITION,
            "x",
            "X. [ratio of a b; ]",
            "X. [ratio of a b; note: n, scale: 10]",
        ),
    )
    assert compare_views(view, views[0]).series == (
        SeriesChange(
            ChangeKind.DEFINITION,
            "x",
            "Something that is weighed [irregular; ; ; ]",
            "X. [ratio of a b; ]",
        ),
        SeriesChange(ChangeKind.SOURCE, "x", "a > b", ""),
    )


def test_a_unit_is_told_by_its_name_and_its_words() -> None:
    """By the name alone where nobody declares it; a source of equal rank stands beside another."""
    view = see(FIRST)

    unknown = compare_views(view, redeclare(view, unit="lb"))
    equal = compare_views(view, redeclare(view, sources=(("a", "c"), ("b",))))

    units = {**view.report.units, "lb": Unit(id="lb", title={}, pattern={"en": "{}"}, digits=1)}
    nameless = redeclare(replace(view, report=replace(view.report, units=units)), unit="lb")
    unnamed = compare_views(view, nameless)

    assert unknown.series == (SeriesChange(ChangeKind.UNIT, "x", "t (t)", "lb"),)
    assert unnamed.series == (SeriesChange(ChangeKind.UNIT, "x", "t (t)", "lb ()"),)
    assert equal.series == (SeriesChange(ChangeKind.SOURCE, "x", "a > b", "a c > b"),)


def test_what_another_language_says_is_no_change() -> None:
    """Titles and definitions are compared in the first language; without one they are empty."""
    view = see(FIRST)

    assert compare_views(view, redeclare(view, title={"en": "Series x", "ru": "Ряд"})).is_empty
    assert compare_views(view, redeclare(view, title={}, definition={})).series == (
        SeriesChange(
            ChangeKind.DEFINITION,
            "x",
            "Something that is weighed [irregular; ; ; ]",
            " [irregular; ; ; ]",
        ),
        SeriesChange(ChangeKind.TEXT, "x", "Series x", ""),
    )


def test_measures_that_come_or_go_are_told() -> None:
    """A later day of the same status is no other status."""
    view = make_second_view()
    name, found = next(iter(view.assessments.items()))
    newest = (found[-1].status, found[-1].date)
    rest = {other: items for other, items in view.assessments.items() if other != name}
    later = found[-1].model_copy(update={"date": "2026-10"})

    went = compare_views(view, replace(view, assessments=rest))
    came = compare_views(replace(view, assessments={**rest, name: ()}), view)
    again = replace(view, assessments={**rest, name: (*found, later)})

    assert went.measures == (MeasureChange(name, newest, None),)
    assert came.measures == (MeasureChange(name, None, newest),)
    assert compare_views(view, again).measures == ()
    assert isinstance(newest[0], MeasureStatus)


def test_claims_that_come_go_or_are_reworded_are_told() -> None:
    """One that comes or goes has another verdict, and is not listed besides."""
    view = make_second_view()
    first, *others = view.claims
    reworded = replace(first, claim=first.claim.model_copy(update={"section": "other"}))

    went = compare_views(view, replace(view, claims=tuple(others)))
    came = compare_views(replace(view, claims=tuple(others)), view)
    other = compare_views(view, replace(view, claims=(reworded, *others)))

    name = first.claim.id
    assert went == Diff(claims=(ClaimChange(name, first.verdict, None),))
    assert came == Diff(claims=(ClaimChange(name, None, first.verdict),))
    assert other == Diff(lists=(ListChange("claim", ChangeKind.TEXT, name, ("section",)),))
    assert isinstance(first.verdict, Verdict)


def test_each_listed_thing_is_told_by_its_noun() -> None:
    """Institutions and sources that went, and those that came."""
    view = make_second_view()
    body, *bodies = view.institutions
    (name, _), *_ = view.report.sources.items()
    sources = {key: item for key, item in view.report.sources.items() if key != name}
    less = replace(view, institutions=tuple(bodies), report=replace(view.report, sources=sources))

    for kind, diff in (
        (ChangeKind.DISAPPEARED, compare_views(view, less)),
        (ChangeKind.APPEARED, compare_views(less, view)),
    ):
        assert set(diff.lists) == {
            ListChange("institution", kind, body.id),
            ListChange("source", kind, name),
        }
