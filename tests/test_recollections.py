"""What is remembered of texts and series is what would be read and computed once more."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report import recollections
from report.checks.texts import check_texts
from report.derive.order import compute_points
from report.documents import parse_document
from report.facts import Facts, Parsers, parse_facts
from report.model import DerivedDeclaration, Point, Status
from report.observed import parse_observations
from report.periods import Kind, Period, parse_period
from report.recollections import remember_documents, remember_observations, remember_points
from report.remembering import Memory
from report.shapes import OBSERVATION_COLUMNS
from tests.derive.examples import declare, make_points

YAML_TEXT = 'a:\n  - b: "x\u200b"\n    c: [1, -2.50, true, ~]\n"d e": 0.1\n'
SCALARS = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=5)
FILE = "data/observations/a.csv"
HEADER = ",".join(OBSERVATION_COLUMNS)
ROWS = f"""{HEADER}
apples,2016,-7.50,final,2017-01-31,customs,"Table 1, row 2",,first
apples,2016-Q3,,not_published,2017-02-28,customs,,"two, more",routine
pears,2016-02-29,0.000,estimate,2016-03-01,bank,p. 3,中文 and рус,first
"""


def pass_on(memory: Memory) -> Memory:
    """The memory that the next run begins with."""
    packed = memory.settle()
    assert packed is not None
    return Memory(packed)


# Documents.


@pytest.mark.parametrize("text", [YAML_TEXT, '{"x": [1, {"y": 0.30}]}', "a: 12345678901234567890"])
def test_a_remembered_document_is_the_document(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its values, their types, and the place of every part."""
    memory = Memory()
    plain = parse_document(text, "x.yml")
    remember_documents(memory)(text, "x.yml")
    monkeypatch.setattr(recollections, "parse_document", None)
    again = remember_documents(pass_on(memory))(text, "x.yml")

    assert (again, repr(again.value)) == (plain, repr(plain.value))


@given(
    st.recursive(SCALARS, lambda one: st.lists(one) | st.dictionaries(st.text(), one), max_leaves=9)
)
def test_any_document_comes_back(value: Any) -> None:
    """Whatever values a document may hold."""
    text, memory = json.dumps({"a": value}), Memory()
    plain = remember_documents(memory)(text, "x.yml")
    again = remember_documents(memory)(text, "x.yml")

    assert (again, repr(again.value)) == (plain, repr(plain.value))


def test_a_sound_table_holds_what_is_needed_alone() -> None:
    """No rows, whether it was just read or is remembered; and each name once."""
    memory = Memory()
    for _ in range(2):
        read = remember_observations(memory)(ROWS, FILE)
        memory = Memory(memory.settle())
        first, second, _ = (value for value, _ in read.values)

        assert read.table.rows == []
        assert first.series is second.series


def test_a_faulty_document_is_read_every_time() -> None:
    """Its problems are said in every run."""
    memory = Memory()
    for _ in range(2):
        document = remember_documents(memory)("a: 1\na: 2\n", "x.yml")
        assert [problem.code for problem in document.problems] == ["E123"]
        memory = Memory(memory.settle())


# Tables of observations.


def read(text: str, memory: Memory) -> Facts:
    """The facts of one file of observations, read with what is remembered of it."""
    return parse_facts({FILE: text}, (), Parsers(observations=remember_observations(memory)))


def list_entries(facts: Facts) -> list[object]:
    """Its values, and where each cell of each stands."""
    columns = ["", *OBSERVATION_COLUMNS]
    return [(one.value, [one.at(column) for column in columns]) for one in facts.observations]


def test_remembered_observations_are_those_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """With their exact digits, and the place of every cell, in a quoted one too."""
    memory, plain = Memory(), parse_facts({FILE: ROWS})
    read(ROWS, memory)
    memory = pass_on(memory)
    monkeypatch.setattr(recollections, "parse_observations", None)
    again = read(ROWS, memory)

    assert list_entries(again) == list_entries(plain)
    assert repr(again.observations[0].value) == repr(plain.observations[0].value)
    assert [str(one.value.value) for one in again.observations] == ["-7.50", "None", "0.000"]
    assert again.observations[2].at("source").line == 4
    assert again.problems == plain.problems


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("-7.50", "-7,50", ["E112"]),
        ("-7.50", "7e400", ["E201"]),
        ("p. 3", "p.\u202e 3", ["E601"]),
        ("p. 3", "<b>3", ["E601"]),
    ],
)
def test_a_faulty_table_is_read_and_judged_every_time(old: str, new: str, codes: list[str]) -> None:
    """What is wrong with its rows, its cells or its texts is said in every run."""
    text, memory = ROWS.replace(old, new), Memory()
    assert text != ROWS
    for _ in range(2):
        facts = read(text, memory)
        found = [problem.code for problem in (*facts.problems, *check_texts(facts))]
        assert [code for code in found if code != "E101"] == codes
        memory = Memory(memory.settle())


def test_a_changed_table_is_read_anew() -> None:
    """However small the change."""
    memory = Memory()
    read(ROWS, memory)
    memory = pass_on(memory)

    assert str(read(ROWS.replace("-7.50", "-7.5"), memory).observations[0].value.value) == "-7.5"


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3).map(lambda one: f"{one:f}")


@given(st.lists(NUMBERS, min_size=1))
def test_any_value_comes_back(values: list[str]) -> None:
    """Digit by digit."""
    rows = [
        f"a,{1800 + at % 300},{one},final,2200-01-01,s,,,first" for at, one in enumerate(values)
    ]
    text, memory = "\n".join([HEADER, *rows, ""]), Memory()
    plain = parse_observations(text, FILE)
    remember_observations(memory)(text, FILE)
    again = remember_observations(memory)(text, FILE)

    assert repr(again.values) == repr(plain.values)


# Computed series.

YEARS = make_points({"2015": "8", "2016": "-2.0", "2017": "3", "2018": "9"}, note="a note")
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))


@st.composite
def point(draw: st.DrawFn) -> Point:
    """A known point of any day."""
    day = draw(DAYS)
    value = draw(st.decimals(-1000, 1000, places=2))
    known = draw(DAYS)
    sources = tuple(draw(st.lists(st.text(max_size=3), max_size=2)))
    status = draw(st.sampled_from([Status.FINAL, Status.ESTIMATE]))
    return Point(Period(day, day, Kind.DAY), value, status, sources, known, draw(st.text()))


@given(st.lists(point(), max_size=6), st.lists(point(), max_size=6))
def test_remembered_points_are_those_computed(first: list[Point], second: list[Point]) -> None:
    """Of any inputs, with their sources, days and notes."""
    memory, inputs = Memory(), (tuple(first), tuple(second))
    for declaration in (declare("sum", "a", "b"), declare("difference", "a", "b")):
        plain = compute_points(declaration, inputs)
        remember_points(memory)(declaration, inputs)
        again = remember_points(memory)(declaration, inputs)

        assert repr(again) == repr(plain)


def test_points_are_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the same points by the same operation, whatever the series is called."""
    memory, declaration = Memory(), declare("rolling_mean", "a", window=2)
    plain = remember_points(memory)(declaration, (YEARS,))
    memory = pass_on(memory)
    monkeypatch.setattr(recollections, "compute_points", None)

    assert (
        remember_points(memory)(declare("rolling_mean", "b", name="y", window=2), (YEARS,)) == plain
    )
    assert [one.value for one in plain] == [Decimal(3), Decimal("0.5"), Decimal(6)]


def test_what_is_read_and_computed_goes_once_nobody_asks_for_it() -> None:
    """Else each change of a value would leave a table and its series behind; documents stay."""
    memory, declaration = Memory(), declare("rolling_mean", "a", window=2)
    read(ROWS, memory)
    remember_points(memory)(declaration, (YEARS,))
    remember_documents(memory)(YAML_TEXT, "x.yml")
    later = Memory(pass_on(memory).settle(part=True))
    remember_documents(later)(YAML_TEXT, "x.yml")

    assert later.settle() is None  # it holds what was asked for and nothing else


KEPT = declare("difference", "a", "b")
OTHERS = make_points({"2015": "1", "2016": "2", "2017": "4"})
INPUTS = (YEARS, OTHERS)


def change(at: int, **changes: Any) -> tuple[tuple[Point, ...], ...]:
    """The inputs, of which the first point of one says something else."""
    changed = (replace(INPUTS[at][0], **changes), *INPUTS[at][1:])
    return tuple(changed if place == at else points for place, points in enumerate(INPUTS))


@pytest.mark.parametrize(
    ("declaration", "inputs"),
    [
        (declare("sum", "a", "b"), INPUTS),
        (KEPT, (OTHERS, YEARS)),
        (KEPT, (YEARS, OTHERS[1:])),
        (KEPT, (YEARS[:2], OTHERS)),
        *((KEPT, change(at, value=Decimal("8.1"))) for at in (0, 1)),
        *((KEPT, change(at, status=Status.ESTIMATE)) for at in (0, 1)),
        *((KEPT, change(at, published=dt.date(2026, 2, 2))) for at in (0, 1)),
        *((KEPT, change(at, sources=("b",))) for at in (0, 1)),
        *((KEPT, change(at, period=parse_period("2014"))) for at in (0, 1)),
    ],
)
def test_whatever_points_hang_on_makes_others(
    declaration: DerivedDeclaration, inputs: tuple[tuple[Point, ...], ...]
) -> None:
    """Another operation with the same options, other inputs, or anything of a point of any."""
    memory = Memory()
    kept = remember_points(memory)(KEPT, INPUTS)
    memory = pass_on(memory)

    found = remember_points(memory)(declaration, inputs)

    assert found == compute_points(declaration, inputs)
    assert found != kept


def test_another_option_makes_other_points() -> None:
    """A window of two is none of three."""
    memory, two = Memory(), declare("rolling_mean", "a", window=2)
    three = declare("rolling_mean", "a", window=3)
    remember_points(memory)(two, (YEARS,))
    memory = pass_on(memory)

    assert remember_points(memory)(three, (YEARS,)) == compute_points(three, (YEARS,))


def test_the_same_said_otherwise_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Options in another order, and texts that are equal and not the same."""
    memory, sources = Memory(), ("customs",)
    months = make_points({"2015-01": "8", "2015-02": "4"}, sources=sources, note="a note")
    first = declare("period_mean", "a", to="year", complete=False, min_points=2)
    second = declare("period_mean", "a", min_points=2, complete=False, to="year")
    again = tuple(
        replace(month, note="".join(list(month.note)), sources=("".join(list(sources[0])),))
        for month in months
    )
    plain = remember_points(memory)(first, (months,))
    monkeypatch.setattr(recollections, "compute_points", None)

    assert remember_points(memory)(second, (again,)) == plain
    assert [point.value for point in plain] == [Decimal(6)]
