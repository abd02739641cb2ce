"""Two views compared: each kind of change, and what holds of any two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from report.amendments import amend_series
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
    ValueChange,
    sort_coverage,
    sort_lists,
    sort_series,
    sort_values,
)
from report.corrections import Correction
from report.model import (
    MeasureStatus,
    Observation,
    Reason,
    Status,
    Unit,
    View,
)
from report.periods import parse_period
from report.phrases import say_listed, say_reason, say_row
from report.revisions import compare_views
from report.statements import Verdict
from report.vintages import as_of
from tests.examples import (
    TODAY,
    declare_series,
    make_second_view,
    make_small_view,
    observe,
)

Told = tuple[str, str, str]


def see(*rows: Observation, unit: str = "t", definition: str = "") -> View:
    """A view of one series `x`, whose sources are `a` before `b`."""
    base = make_small_view({})
    declaration = declare_series("x", (("a",), ("b",)))
    words = {"definition": {"en": definition}} if definition else {}
    declaration = declaration.model_copy(update={"unit": unit, **words})
    units = {
        name: Unit(id=name, title={"en": name}, pattern={"en": "{}"}, digits=1)
        for name in ("t", "kg")
    }
    report = replace(base.report, series={"x": declaration}, units=units)
    series = as_of({"x": declaration}, rows, TODAY)
    return replace(base, report=report, series=series, vintages={"x": tuple(rows)})


def tell(diff: Diff) -> list[Told]:
    """Values that changed, as kind, period, and the old and new value."""
    return [
        (change.kind.value, str(change.period), f"{show(change, 0)} {show(change, 1)}")
        for change in diff.values
    ]


def show(change: ValueChange, side: int) -> str:
    """A value as text."""
    state = (change.old, change.new)[side]
    return "-" if state is None else str(state.value)


def mirror(diff: Diff) -> Diff:
    """A diff with old and new exchanged."""
    kinds = {
        ChangeKind.APPEARED: ChangeKind.DISAPPEARED,
        ChangeKind.DISAPPEARED: ChangeKind.APPEARED,
    }

    def turn(kind: ChangeKind) -> ChangeKind:
        return kinds.get(kind, kind)

    return Diff(
        sort_values(
            ValueChange(turn(c.kind), c.series, c.period, c.new, c.old) for c in diff.values
        ),
        sort_series(SeriesChange(turn(c.kind), c.series, c.new, c.old) for c in diff.series),
        tuple(MeasureChange(c.measure, c.new, c.old) for c in diff.measures),
        tuple(ClaimChange(c.claim, c.new, c.old) for c in diff.claims),
        sort_lists(ListChange(c.noun, turn(c.kind), c.id, c.aspects) for c in diff.lists),
        sort_coverage(
            Coverage(c.series, c.new, c.old, c.disappeared, c.appeared) for c in diff.coverage
        ),
    )


CELLS = st.one_of(
    st.none(), st.decimals(min_value=-100, max_value=100, places=1).map(lambda number: f"{number}")
)
TABLES = st.dictionaries(
    st.sampled_from(["x", "y", "z"]),
    st.dictionaries(st.sampled_from(["2019", "2020", "2021", "2022"]), CELLS, max_size=4),
    max_size=3,
)


@given(TABLES)
def test_a_view_does_not_differ_from_itself(table: Mapping[str, Mapping[str, str | None]]) -> None:
    """Whatever is in it."""
    assert compare_views(make_small_view(table), make_small_view(table)).is_empty


@given(TABLES, TABLES)
def test_the_way_back_is_the_mirror_of_the_way_there(
    old: Mapping[str, Mapping[str, str | None]], new: Mapping[str, Mapping[str, str | None]]
) -> None:
    """What appeared disappears, and all else stays of its kind; rows may come, and never go."""
    first, second = make_small_view(old), make_small_view(new)
    there, back = compare_views(first, second), compare_views(second, first)

    assert replace(back, rows=()) == mirror(there)


@given(TABLES, TABLES)
def test_each_period_that_differs_is_told_once(
    old: Mapping[str, Mapping[str, str | None]], new: Mapping[str, Mapping[str, str | None]]
) -> None:
    """Of the others nothing is told; coverage adds up."""
    diff = compare_views(make_small_view(old), make_small_view(new))
    told = [(change.series, str(change.period)) for change in diff.values]
    cells = {(s, p) for table in (old, new) for s, row in table.items() for p in row}
    missing = object()
    differ = {
        (s, p)
        for s, p in cells
        if number(old.get(s, {}).get(p, missing)) != number(new.get(s, {}).get(p, missing))
    }

    assert sorted(told) == sorted(differ)
    for entry in diff.coverage:
        assert entry.new.count - entry.old.count == entry.appeared - entry.disappeared


def number(cell: object) -> object:
    """A cell as the number it holds: 0.0 is -0.0."""
    return Decimal(cell) if isinstance(cell, str) else cell


def test_a_second_report_does_not_differ_from_itself() -> None:
    """Nor does a whole one."""
    assert compare_views(make_second_view(), make_second_view()).is_empty


def test_values_come_go_and_are_revised() -> None:
    """Each with its old and new value, what went first."""
    old = make_small_view({"x": {"2019": "1", "2020": "2", "2021": "3"}})
    new = make_small_view({"x": {"2020": "2", "2021": "4", "2022": "5"}})

    diff = compare_views(old, new)

    assert tell(diff) == [
        ("disappeared", "2019", "1 -"),
        ("revised", "2021", "3 4"),
        ("appeared", "2022", "- 5"),
    ]
    first, last = parse_period("2019"), parse_period("2022")
    assert diff.coverage == (
        Coverage(
            "x",
            Extent(3, first, parse_period("2021")),
            Extent(3, parse_period("2020"), last),
            1,
            1,
        ),
    )


def test_what_a_source_ceases_to_publish_has_disappeared() -> None:
    """And what was never known only changes its status."""
    old = see(observe("x", "2020", "1"))
    silent = see(observe("x", "2020", None))
    nothing = see()

    assert tell(compare_views(old, silent)) == [("disappeared", "2020", "1 None")]
    assert tell(compare_views(nothing, silent)) == [("status", "2020", "- None")]


def test_the_same_value_may_be_firmer_or_from_elsewhere() -> None:
    """`status` where the value is held for firmer, else `source`."""
    early = see(observe("x", "2020", "1", source="b", status=Status.PROVISIONAL))
    firm = see(observe("x", "2020", "1", source="b"))
    other = see(observe("x", "2020", "1.0", source="a"))
    later = see(observe("x", "2020", "1", published="2026-02-01", source="b"))

    assert tell(compare_views(early, firm)) == [("status", "2020", "1 1")]
    assert tell(compare_views(firm, other)) == [("source", "2020", "1 1.0")]
    assert tell(compare_views(firm, later)) == [("source", "2020", "1 1")]


def test_a_revision_has_the_reason_of_its_row() -> None:
    """The reason stands with each state; what was overwritten is known."""
    first = observe("x", "2020", "1")
    major = replace(observe("x", "2020", "2", published="2026-02-01"), reason=Reason.MAJOR)

    (change,) = compare_views(see(first), see(first, major)).values
    (rewritten,) = compare_views(see(first), see(observe("x", "2020", "2"))).values

    assert change.old is not None
    assert change.new is not None
    assert (change.old.reason, change.new.reason) == (Reason.FIRST, Reason.MAJOR)
    assert not change.is_rewritten
    assert rewritten.is_rewritten


def test_another_unit_or_definition_restates_values() -> None:
    """A value in another unit has no size; one by another definition keeps it."""
    old = see(observe("x", "2020", "3"), observe("x", "2021", "4"))
    kilos = see(observe("x", "2020", "3000"), observe("x", "2021", "4"), unit="kg")
    other = see(observe("x", "2020", "1"), observe("x", "2021", "4"), definition="Dry weight")

    by_unit, by_definition = compare_views(old, kilos), compare_views(old, other)

    assert tell(by_unit) == [("restated", "2020", "3 3000")]
    assert by_unit.values[0].size is None
    assert by_unit.series == (SeriesChange(ChangeKind.UNIT, "x", "t (t)", "kg (kg)"),)
    assert tell(by_definition) == [("restated", "2020", "3 1")]
    assert by_definition.values[0].size == Decimal("0.5")
    assert [change.kind for change in by_definition.series] == [ChangeKind.DEFINITION]


def test_titles_and_preferences_are_told_apart() -> None:
    """Neither makes values differ."""
    old = see(observe("x", "2020", "3"))
    declaration = declare_series("x", (("b",), ("a",))).model_copy(
        update={"title": {"en": "Series X"}}
    )
    series = replace(old.series["x"], declaration=declaration)

    diff = compare_views(old, replace(old, series={"x": series}))

    assert diff == Diff(
        series=(
            SeriesChange(ChangeKind.SOURCE, "x", "a > b", "b > a"),
            SeriesChange(ChangeKind.TEXT, "x", "Series x", "Series X"),
        )
    )


def test_computed_values_follow_their_inputs() -> None:
    """A revision goes on into what is computed; another formula restates it."""
    view = make_second_view()
    name, derived = next(
        (name, derived) for name, derived in view.report.derived.items() if view.series[name].known
    )
    series = view.series[name]
    point = series.known[0]
    points = tuple(
        replace(one, value=Decimal(999)) if one is point else one for one in series.points
    )
    changed = replace(series, points=points)
    reworded = derived.model_copy(update={"options": {**derived.options, "note": "new"}})

    revised = compare_views(view, replace(view, series={**view.series, name: changed}))
    restated = compare_views(
        view,
        replace(view, series={**view.series, name: replace(changed, declaration=reworded)}),
    )

    assert [(c.kind, c.series) for c in revised.values] == [(ChangeKind.REVISED, name)]
    assert [(c.kind, c.series) for c in restated.values] == [(ChangeKind.RESTATED, name)]
    assert revised.values[0].new is not None
    assert revised.values[0].new.reason is None


def test_measures_claims_and_lists() -> None:
    """What they were and what they are."""
    view = make_second_view()
    measure = next(iter(view.assessments))
    newest = view.assessments[measure][-1]
    other = newest.model_copy(update={"status": MeasureStatus.REVERSED, "date": "2026-10"})
    judged = view.claims[0]
    verdict = Verdict.UNDECIDED if judged.verdict is not Verdict.UNDECIDED else Verdict.CONTRADICTED
    event = view.events[0]
    new = replace(
        view,
        assessments={**view.assessments, measure: (*view.assessments[measure], other)},
        claims=(replace(judged, verdict=verdict), *view.claims[1:]),
        events=view.events[1:],
    )
    assert newest.status is not MeasureStatus.REVERSED

    diff = compare_views(view, new)

    assert diff == Diff(
        measures=(
            MeasureChange(
                measure,
                (newest.status, newest.date),
                (MeasureStatus.REVERSED, "2026-10"),
            ),
        ),
        claims=(ClaimChange(judged.claim.id, judged.verdict, verdict),),
        lists=(
            ListChange("event", ChangeKind.DISAPPEARED, event.id),
            ListChange("assessment", ChangeKind.APPEARED, f"{measure} 2026-10"),
        ),
    )


def correct(view: View, **changes: object) -> View:
    """A view of `x` in which `a` has 2 for 2020, which is known to be 20."""
    correction = Correction.model_validate(
        {
            "series": "x",
            "period": "2020",
            "source": "a",
            "action": "override",
            "expect": "2",
            "value": "20",
            "reason": {"en": "A digit was lost."},
            "date": TODAY,
            **changes,
        }
    )
    report = replace(view.report, corrections=(correction,))
    series = amend_series(view.series, [correction])
    return replace(view, report=report, series=series, corrections=(correction,))


def test_a_corrected_value_says_so_and_why() -> None:
    """It is no computed one, and its row was not overwritten."""
    plain = see(observe("x", "2020", "2"))

    diff = compare_views(plain, correct(plain))
    (change,) = diff.values

    assert tell(diff) == [("revised", "2020", "2 20")]
    assert change.new is not None
    assert (change.new.reason, change.new.correction) == (Reason.CORRECTION, "A digit was lost.")
    assert say_reason(change.new) == "correction: A digit was lost."
    assert (change.is_rewritten, diff.rows) == (False, ())
    assert diff.lists == (ListChange("correction", ChangeKind.APPEARED, f"x 2020 a {TODAY}"),)


def test_corrections_are_told_when_they_change_or_end() -> None:
    """By the fields that differ; the row beneath stays as it was published."""
    plain = see(observe("x", "2020", "2"))
    before = correct(plain)

    other = compare_views(before, correct(plain, value="21"))
    ended = compare_views(before, correct(plain, ended=TODAY))
    flagged = compare_views(plain, correct(plain, action="flag", value=None))

    name = f"x 2020 a {TODAY}"
    assert tell(other) == [("revised", "2020", "20 21")]
    assert not other.values[0].is_rewritten
    assert other.lists == (ListChange("correction", ChangeKind.TEXT, name, ("value",)),)
    assert ended.lists == (ListChange("correction", ChangeKind.TEXT, name, ("ended",)),)
    assert say_listed(ended.lists[0]) == "other words: ended"
    assert flagged.values == ()


def test_rows_that_are_overwritten_or_go_are_told_though_they_do_not_stand() -> None:
    """Of three rows of one period the first is changed and the second gone; the third stands."""
    rows = [observe("x", "2020", f"{n}", published=f"2026-0{n}-01") for n in (1, 2, 3)]
    changed = replace(rows[0], value=Decimal("1.5"))
    period = parse_period("2020")

    diff = compare_views(see(*rows), see(changed, rows[2]))

    assert diff.values == ()
    assert diff.rows == (
        RowChange(
            ChangeKind.REWRITTEN,
            "x",
            period,
            "a",
            rows[0].published,
            "1, final, first",
            "1.5, final, first",
        ),
        RowChange(
            ChangeKind.DISAPPEARED, "x", period, "a", rows[1].published, "2, final, first", ""
        ),
    )
    assert [say_row(row) for row in diff.rows] == ["overwritten in place", "row gone"]
    assert compare_views(see(*rows[:2]), see(*rows)).rows == ()  # added, as rows should be
    assert compare_views(see(rows[0]), see(replace(rows[0], value=Decimal("1.0")))).rows == ()


def test_rows_after_an_earlier_cut_off_are_not_gone() -> None:
    """An edition that looks back from an earlier day does not see them."""
    rows = [observe("x", "2020", f"{n}", published=f"2026-0{n}-01") for n in (1, 2)]
    back = see(rows[0])
    edition = back.edition.model_copy(update={"cut_off": rows[0].published})

    assert compare_views(see(*rows), replace(back, edition=edition)).rows == ()


def test_what_is_written_otherwise_is_told_by_its_fields() -> None:
    """Of assessments, events and sources those that differ; nothing came or went."""
    view = make_second_view()
    measure, found = next(iter(view.assessments.items()))
    event, (name, source) = view.events[0], next(iter(view.report.sources.items()))
    sources = {**view.report.sources, name: source.model_copy(update={"licence": "Other"})}
    new = replace(
        view,
        report=replace(view.report, sources=sources),
        assessments={
            **view.assessments,
            measure: (
                *found[:-1],
                found[-1].model_copy(update={"reasoning": {"en": "So."}, "evidence": ()}),
            ),
        },
        events=(event.model_copy(update={"title": {"en": "Other"}}), *view.events[1:]),
    )

    diff = compare_views(view, new)

    assert diff == Diff(
        lists=(
            ListChange(
                "assessment",
                ChangeKind.TEXT,
                f"{measure} {found[-1].date}",
                ("evidence", "reasoning"),
            ),
            ListChange("event", ChangeKind.TEXT, event.id, ("title",)),
            ListChange("source", ChangeKind.TEXT, name, ("licence",)),
        )
    )
