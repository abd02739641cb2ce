"""Live charts say what the table says, hold no text in expressions, and draw what is drawn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from report import theme
from report.charts import make_vega, say_words, write_chart
from report.drawing import draw_sheets
from report.figures import Figure
from report.languages import Catalogue
from report.model import Status
from tests.figures.examples import FORMS, build, make_series, make_view, number_years

KNOWN = {
    "width",
    "height",
    "faint",
    "shift",
    "width * nearer + shift",
    "indexof(pale, datum.s) >= 0",
    "isValid(datum.t)",
    "datum.t * nearer + shift + datum.o",
    "isValid(datum.t) && abs(datum.t * nearer + shift - width / 2) > width / 2 + 1",
    "nearer > 1 && datum.tick",
    'isValid(datum["text"]) ? datum["text"] : ""+datum["text"]',
}
"""Every expression that a chart may hold; those of Vega-Lite's own below are told by their form."""
VALID = re.compile(r'!isValid\(datum\["\w+"\]\) \|\| !isFinite\(\+datum\["\w+"\]\)')
HOSTILE = '<script>alert("x")</script>{{ 7*7 }}\' + datum.value + "'


def write(figure: Figure) -> dict[str, Any]:
    """The file of a figure, read back."""
    text = write_chart(figure, draw_sheets(figure.specs, None), None, Catalogue("en"))
    return dict(json.loads(text))


@pytest.fixture(name="figure", scope="module", params=sorted(FORMS))
def _figure(request: pytest.FixtureRequest) -> Figure:
    return build(**FORMS[request.param])


@pytest.fixture(name="drawings", scope="module")
def _drawings(figure: Figure) -> dict[str, Any]:
    """The figure as revised, by size."""
    return dict(write(figure)["revised"])


def list_expressions(value: Any) -> Iterator[str]:
    """All that Vega would take for code."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name in {"signal", "expr", "test", "update", "init"} and isinstance(part, str):
                yield part
            yield from list_expressions(part)
    elif isinstance(value, list):
        for part in value:
            yield from list_expressions(part)


def list_rows(vega: dict[str, Any]) -> list[dict[str, Any]]:
    """All rows of a drawing."""
    return [row for table in vega["data"] for row in table["values"]]


def test_what_is_told_stands_in_the_table(figure: Figure) -> None:
    """Each number that a mark tells is, to the letter, in the figure's table, with its unit."""
    units = {column.unit for column in figure.table.columns}
    cells = {cell.text for row in figure.table.rows for cell in row if cell.value is not None}
    for reading in figure.readings:
        for _, number, unit in reading.values:
            if figure.form != "timeline" and number:
                assert number in cells
                assert unit in units


def test_every_number_of_the_table_is_told(figure: Figure) -> None:
    """No value is drawn that a reader cannot ask for; ends of ranges and bands are no marks."""
    if figure.form == "timeline":
        assert len(figure.readings) == len(figure.table.rows)
        return
    told = {number for reading in figure.readings for _, number, _ in reading.values}
    bounds = {
        n
        for n, column in enumerate(figure.table.columns)
        if column.title.endswith(" end") or column.series in {"low", "high"}
    }
    cells = {
        cell.text
        for row in figure.table.rows
        for n, cell in enumerate(row)
        if cell.value is not None and n not in bounds
    }
    assert told - {""} == cells


def test_a_reading_says_period_name_number_unit_status_and_source() -> None:
    """Apples of 2024 are 7 thousand tonnes in the almanac, and provisional."""
    apples = make_series(
        "apples", [("2023", "5"), ("2024", "7")], title="Apples",
        statuses={"2024": Status.PROVISIONAL},
    )  # fmt: skip
    reading = build(make_view([apples]), form="line", series=("apples",)).readings[1]

    assert reading.period == "2024"
    assert reading.values == (("Apples", "7.0", "thousand tonnes"),)
    assert reading.status == "provisional"
    assert "lmanac" in reading.source


def test_no_text_of_the_data_stands_in_an_expression(drawings: dict[str, Any]) -> None:
    """What Vega would run is written here, and is the same for every figure."""
    for size in ("wide", "narrow"):
        for code in list_expressions(drawings[size]):
            assert code in KNOWN or VALID.fullmatch(code), code


@pytest.mark.parametrize("form", ["line", "bars", "area", "multiples", "dot", "heatmap"])
def test_hostile_names_stay_data(form: str) -> None:
    """A title that looks like code is told as it is, and found in no expression."""
    view = make_view(
        [make_series(name, number_years(2020, ["1", "2"]), title=HOSTILE) for name in ("a", "b")]
    )
    chart = write(build(view, form=form, series=("a", "b")))

    assert any(HOSTILE in text for text in chart["told"])
    for size in ("wide", "narrow"):
        codes = list(list_expressions(chart["revised"][size]))
        assert not [code for code in codes if "alert" in code or "7*7" in code]


def test_charts_load_nothing(drawings: dict[str, Any]) -> None:
    """No address, link or loader stands in a chart."""
    text = json.dumps(drawings)

    assert not re.search(r'"(?:url|href|loader|transform|on|bind|events)":', text)


def test_each_reading_has_its_mark(figure: Figure, drawings: dict[str, Any]) -> None:
    """At either size; and no mark has a reading that there is not."""
    for size in ("wide", "narrow"):
        found = {row["i"] for row in list_rows(drawings[size]) if "i" in row}
        assert found == set(range(len(figure.readings)))


def test_colours_follow_the_page(drawings: dict[str, Any]) -> None:
    """Every colour of a role names its variable; none stands alone."""
    roles = {role.light for role in theme.ROLES}

    assert not set(re.findall(r'"(#[0-9a-f]{6})"', json.dumps(drawings))) & roles


def test_letters_have_their_size(figure: Figure) -> None:
    """The trick by which the build draws without measuring is no reader's."""
    sheet = draw_sheets(figure.specs, None)["wide"]
    sizes = re.findall(r'"fontSize": \{"value": ([\d.]+)', json.dumps(make_vega(figure, sheet)))

    assert sizes
    assert all(9 <= float(size) <= 16 for size in sizes)


def test_series_can_be_chosen_where_colours_tell_them_apart() -> None:
    """Two lines have two names with their colours, one has none; labels pale with their line."""
    years = number_years(2020, ["1", "2"])
    both = make_view([make_series(n, years, title=n.title()) for n in ("apples", "pears")])
    two = write(build(both, form="line", series=("apples", "pears")))
    one = write(build(both, form="line", series=("apples",)))
    labels = {
        row["text"]: row.get("s") for row in list_rows(two["revised"]["wide"]) if "text" in row
    }

    assert two["names"] == [
        ["Apples", theme.SERIES[0].variable],
        ["Pears", theme.SERIES[1].variable],
    ]
    assert one["names"] == []
    assert labels["Apples"] == 0
    assert labels["Pears"] == 1
    assert labels["2020"] is None


def test_only_long_lines_are_looked_at_nearer() -> None:
    """Sixty months can be, five years need not; ticks and the line then follow the time."""
    months = [(f"{2015 + n // 12}-{n % 12 + 1:02}", str(n)) for n in range(60)]
    view = make_view([
        make_series("long", months), make_series("short", number_years(2020, ["1", "2", "3"]))
    ])  # fmt: skip
    long = write(build(view, form="line", series=("long",)))["revised"]["wide"]
    short = write(build(view, form="line", series=("short",)))["revised"]["wide"]

    assert "usermeta" not in short
    assert [name.split("_")[-1] for name in long["usermeta"]["zoom"]] == ["pathgroup", "marks"]
    x = next(scale for scale in long["scales"] if scale["name"] == "x")
    assert x["range"] == [{"signal": "shift"}, {"signal": "width * nearer + shift"}]
    years = [row for row in list_rows(long) if row.get("text") in {"2016", "2017"}]
    assert [(row["t"], row["tick"]) for row in years] == [(row["x"], True) for row in years]
    assert years


def test_words_are_the_readers() -> None:
    """Interface words are those of the language."""
    figure = build(**FORMS["line"])
    german = Catalogue("de", {"Zoom in": "Näher"})
    chart = json.loads(write_chart(figure, draw_sheets(figure.specs, None), None, german))

    assert chart["words"]["nearer"] == "Näher"
    assert set(chart["words"]) == set(say_words(german))
    assert chart["language"] == "de"
