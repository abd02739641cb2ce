"""What single forms draw and tell: gaps, firmness, sums, breaks, lanes and numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from report.figures import Figure
from report.model import Frequency, Status
from tests.figures.examples import (
    FORMS,
    ORCHARD,
    build,
    list_data,
    make_series,
    make_view,
    number_years,
)


def test_gaps_stay_gaps() -> None:
    """No line crosses a year without a value, and the notes say so."""
    figure = build(form="line", series=("pears",))

    paths = {row["path"]: [] for row in list_data(figure.specs["wide"]) if "path" in row}  # type: dict[int, list[float]]
    for row in list_data(figure.specs["wide"]):
        if "path" in row:
            paths[row["path"]].append(row["x"])
    assert not any(2018.0 in xs and 2020.0 in xs for xs in paths.values())
    assert figure.notes == (
        "pears: the source does not publish 2019. Gaps in the data are left open.",
    )


def test_firmness_is_marked_in_drawing_table_and_notes() -> None:
    """An estimate is hollow and dashed, and marked e in the table."""
    figure = build(form="line", series=("apples",))

    marks = {cell.text: cell.mark for cell in figure.table.cells}
    # 7.125 is shown with one decimal; half to even: 7.1.
    assert marks["7.1"] == "e"
    assert marks["9.0"] == "p"
    assert figure.table.legend == (("p", "provisional"), ("e", "estimate"))
    dashed = [la for la in figure.specs["wide"]["layer"] if "strokeDash" in la["mark"]]
    assert [[row["x"] for row in la["data"]["values"]] for la in dashed] == [[2021.0, 2022.0]]


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({"form": "line"}, "Drawn hollow or dashed: provisional, estimate."),
        ({"form": "multiples"}, "Drawn hollow or dashed: provisional, estimate."),
        ({"form": "multiples", "options": {"bars": True}}, "Drawn light: provisional, estimate."),
        ({"form": "bars"}, "Drawn light: provisional, estimate."),
        ({"form": "area"}, "Drawn light: provisional, estimate."),
        ({"form": "dot"}, "Drawn hollow: provisional."),  # the newest alone
        ({"form": "heatmap"}, "Marked: p provisional, e estimate."),
    ],
)
def test_notes_tell_what_the_drawing_does(declared: dict[str, Any], said: str) -> None:
    """A reader looks for hollow bars or light lines in vain, so none are named."""
    figure = build(series=("apples", "plums"), **declared)

    assert said in " ".join(figure.notes)


def test_a_series_of_one_status_is_drawn_plainly_and_told_once() -> None:
    """Three estimates and nothing else: a plain line, one remark, and still e in the table."""
    years = number_years(2020, ["1", "2", "3"])
    guessed = dict.fromkeys(["2020", "2021", "2022"], Status.ESTIMATE)
    view = make_view([make_series("nuts", years, statuses=guessed), *ORCHARD])

    figure = build(view, form="line", series=("nuts",))
    beside = build(view, form="line", series=("nuts", "plums"))

    assert not [la for la in figure.specs["wide"]["layer"] if "strokeDash" in la["mark"]]
    assert figure.notes == ("All values are estimates.",)
    assert beside.notes == ("All values of a series are estimates: nuts.",)
    assert {cell.mark for cell in figure.table.cells} == {"e"}


def list_paths(figure: Figure) -> list[Any]:
    """The paths of all lines in a drawing."""
    return [row["path"] for row in list_data(figure.specs["wide"]) if "path" in row]


def test_values_with_more_gaps_than_joins_are_points() -> None:
    """Two gaps and one join: four points and no fragment of a line, nor a word about gaps."""
    values = [("2016", "1"), ("2018", "2"), ("2020", "3"), ("2021", "4")]
    figure = build(make_view([make_series("nuts", values)]), form="line", series=("nuts",))

    assert list_paths(figure) == []
    assert [r["x"] for r in list_data(figure.specs["wide"]) if "area" in r] == [
        *(2016.0, 2018.0, 2020.0, 2021.0),
    ]
    assert figure.notes == ()


def test_points_can_be_asked_for() -> None:
    """What could be joined is not."""
    assert list_paths(build(form="line", series=("plums",))) != []
    assert list_paths(build(form="line", series=("plums",), options={"points": True})) == []


def test_steps_hold_until_the_next_value() -> None:
    """A rating does not slope from one action to the next."""
    figure = build(form="line", series=("plums",), options={"step": True})

    marks = [la["mark"] for la in figure.specs["wide"]["layer"] if la["mark"]["type"] == "line"]
    assert [mark["interpolate"] for mark in marks] == ["step-after"]


def test_series_that_lack_the_same_are_named_together() -> None:
    """One sentence for two series whose source keeps the same year to itself."""
    values = number_years(2020, ["1", None, "2"])
    view = make_view([make_series(name, values) for name in ("nuts", "figs")])

    figure = build(view, form="bars", series=("nuts", "figs"))

    assert figure.notes == ("nuts; figs: the source does not publish 2021.",)


def test_an_index_is_worked_from_its_base() -> None:
    """Values are per cent of the base period's: 9 of 4.5 is 200."""
    figure = build(**FORMS["line-base"])

    assert figure.table.rows[-1][1].value == Decimal(200)
    assert figure.table.columns[1].unit == "index, 2020 = 100"


def test_shares_are_worked_from_the_sum() -> None:
    """Apples are 9 of 12 in 2023: 75 per cent."""
    figure = build(**FORMS["area-share"])

    assert figure.table.rows[-1][1].value == Decimal(75)


def test_negative_parts_are_not_stacked_as_areas() -> None:
    """Areas refuse what they cannot show, and say what can."""
    with pytest.raises(Exception, match="kind: diverging"):
        build(form="area", series=("balance", "plums"))


def test_a_fan_shows_what_was_known_on_each_day() -> None:
    """2019 was 5.5 in March 2021, 5.25 a year later, 5 in 2024."""
    figure = build(**FORMS["fan"])

    row = next(row for row in figure.table.rows if row[0].text == "2019")
    assert [cell.value for cell in row[1:]] == [Decimal("5.5"), Decimal("5.25"), Decimal(5)]


def test_events_are_numbered_or_named() -> None:
    """A rule bears a short label or a number that the notes explain."""
    figure = build(
        form="line",
        series=("apples",),
        events=("frost", "subsidy"),
        labels={"subsidy": {"en": "Support"}},
    )

    texts = {row.get("text") for row in list_data(figure.specs["wide"])}
    assert {"1", "Support"} <= texts
    assert "1: Late frost (20 April 2021)." in figure.notes


def test_declared_note_comes_first() -> None:
    """The author's note stands before those that are computed."""
    assert build(note="By weight.", **FORMS["line"]).notes[0] == "By weight."


def test_statuses_shown_by_letters_only_where_they_occur() -> None:
    """A table of final values needs no legend."""
    assert build(form="line", series=("plums",)).table.legend == ()
    assert Status.FINAL in {
        cell.status for cell in build(form="line", series=("plums",)).table.cells
    }


def list_texts(figure: Figure, size: str = "wide") -> list[str]:
    """All words in a drawing."""
    return [row["text"] for row in list_data(figure.specs[size]) if "text" in row]


def test_whole_numbers_on_bars_have_no_decimals() -> None:
    """77 and 135 thousand tonnes are not known to a decimal; one 4.25 brings them back."""
    whole = make_view([make_series("nuts", number_years(2020, ["77", "135"]))])

    assert {"77", "135"} <= set(list_texts(build(whole, form="bars", series=("nuts",))))
    assert "5.0" in list_texts(build(form="bars", series=("apples",)))


def test_values_to_date_name_all_their_months() -> None:
    """October of a series that counts from January on is ten months, on axis and in table."""
    values = [("2024-10", "4"), ("2025-10", "5")]
    view = make_view([make_series("nuts", values, frequency=Frequency.YEAR_TO_DATE)])

    figure = build(view, form="bars", series=("nuts",))

    assert "Jan–Oct 2024" in list_texts(figure)
    assert [row[0].text for row in figure.table.rows] == ["Jan–Oct 2024", "Jan–Oct 2025"]


def test_bars_far_apart_in_time_stand_before_and_after_a_break() -> None:
    """The notes say what the two strokes on the axis mean."""
    values = [("2021-12", "4"), ("2022-01", "5"), ("2026-01", "6"), ("2026-02", "6")]
    view = make_view([make_series("nuts", values, frequency=Frequency.MONTHLY)])

    figure = build(view, form="bars", series=("nuts",))

    assert "Where the axis is broken, times without a value are left out." in figure.notes[-1]


def test_sums_of_twelve_months_say_so() -> None:
    """A dot of May stands for a year's trade, in the legend and in the table's heads."""
    values = [("2025-05", "4"), ("2026-05", "5")]
    view = make_view([make_series("nuts", values, frequency=Frequency.TWELVE_MONTHS)])

    figure = build(view, form="dot", series=("nuts",), options={"periods": ["2025-05", "2026-05"]})

    heads = ["12 months to May 2025", "12 months to May 2026"]
    assert set(heads) <= set(list_texts(figure))
    assert [column.title for column in figure.table.columns][1:] == heads


def test_a_period_without_a_value_is_no_zero() -> None:
    """2021 and 2022 are one pale field with a mark in each band, and the key names it."""
    values = [("2020", "4"), ("2021", None), ("2023", "5")]
    view = make_view([make_series("nuts", values)])

    figure = build(view, form="bars", series=("nuts",))

    for size in ("wide", "narrow"):
        assert list_texts(figure, size).count("?") == 2
        assert "no value" in list_texts(figure, size)
        fields = [r for r in list_data(figure.specs[size]) if {"left", "top"} <= set(r)]
        wide = next(r for r in list_data(figure.specs[size]) if r.get("period") == "2020")
        (field,) = fields
        assert wide["right"] < field["left"] < field["right"]
    whole = build(form="bars", series=("apples", "plums"))
    assert "?" not in list_texts(whole)
    assert "no value" not in list_texts(whole)


def test_stacks_bear_their_sums() -> None:
    """4.25 and 1 are 5.2 together, rounded half to even; 9 and 3 are 12."""
    figure = build(form="bars", series=("apples", "plums"), options={"kind": "stacked"})

    texts = list_texts(figure)

    assert {"5.2", "6.5", "5.8", "8.0", "9.6", "12.0"} <= set(texts)
    assert "4.2" not in texts
    without = {"kind": "stacked", "values": False}
    silent = build(form="bars", series=("apples", "plums"), options=without)
    assert "12.0" not in list_texts(silent)


def test_stacks_that_hang_down_bear_no_sums() -> None:
    """Below zero a sum would stand at an end that is not its own."""
    figure = build(form="bars", series=("balance", "plums"), options={"kind": "stacked"})

    assert "6.5" not in list_texts(figure)


def test_lanes_are_kinds_or_pages_and_are_counted() -> None:
    """Twenty-two events: 21 of the weather and a support, all on one page."""
    kinds = build(form="timeline", options={"pages": ["orchard"]})
    pages = build(form="timeline", options={"pages": ["orchard"], "lanes": "page"})

    assert {"Weather", "Support", "21", "1"} <= set(list_texts(kinds))
    assert {"Orchard", "22"} <= set(list_texts(pages))
    assert "Weather" not in list_texts(pages)
    for figure in (kinds, pages):
        assert "Numbers at the right count the events of each row." in figure.notes[-1]


def test_bars_in_panels_begin_at_zero_and_bear_their_numbers() -> None:
    """Of six years those below zero hang down; what is not final is light."""
    figure = build(**FORMS["multiples-bars"])
    bars = [row for row in list_data(figure.specs["wide"]) if "top" in row]
    balance = {row["period"]: row for row in bars if row["series"] == "balance"}
    zero = balance["2021"]["top"]

    assert balance["2021"]["top"] == balance["2021"]["bottom"]
    assert balance["2018"]["top"] == balance["2020"]["top"] == zero
    assert balance["2022"]["bottom"] == balance["2019"]["bottom"] == zero
    assert balance["2020"]["bottom"] - zero == pytest.approx(
        3.5 / 4 * (zero - balance["2022"]["top"]), abs=0.2
    )
    assert {"7.1", "\N{MINUS SIGN}3.5"} <= set(list_texts(figure))
    looks = {
        row["period"]: layer["mark"]["fillOpacity"]
        for layer in figure.specs["wide"]["layer"]
        if layer["mark"]["type"] == "rect"
        for row in layer["data"]["values"]
        if row["series"] == "apples"
    }
    assert looks == {
        **dict.fromkeys(("2018", "2019", "2020", "2021"), 1.0),
        "2022": 0.3,
        "2023": 0.3,
    }


def test_panels_of_bars_mark_years_without_a_value() -> None:
    """2019 and 2020 are not known; before the first and after the last there is nothing to say."""
    values = [("2018", "4"), ("2021", "5")]
    view = make_view(
        [make_series("nuts", values), make_series("figs", [("2016", "1"), ("2023", "2")])]
    )
    options = {"bars": True, "panels": [{"title": "Nuts", "series": ["nuts"]}]}

    assert list_texts(build(view, form="multiples", options=options)).count("?") == 2
    both = {"bars": True, "panels": [{"title": n, "series": [n]} for n in ("nuts", "figs")]}
    assert list_texts(build(view, form="multiples", options=both)).count("?") == 8


def test_no_bar_covers_a_year_beside_its_own() -> None:
    """Also where the years beside it have no value, or none of the panel's has."""
    values = {"nuts": [("2006", "4"), ("2021", "5")], "figs": [("2013", "1")]}
    view = make_view([make_series(name, years) for name, years in values.items()])
    options = {"bars": True, "panels": [{"title": name, "series": [name]} for name in values]}

    bars = list_data(build(view, form="multiples", options=options).specs["wide"])
    left, right = {}, {}
    for row in bars:
        if "top" in row:
            left[row["period"]], right[row["period"]] = row["left"], row["right"]
    year = (left["2021"] - left["2006"]) / 15
    assert year > 10
    assert [right[name] - left[name] for name in sorted(left)] == pytest.approx(
        [0.8 * year] * 3, abs=0.2
    )
