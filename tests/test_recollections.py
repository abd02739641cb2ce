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
from report.facts import Facts, Readers, parse_facts
from report.model import Point, Status
from report.observed import parse_observations
from report.periods import Kind, Period
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
    return parse_facts({FILE: text}, (), Readers(observations=remember_observations(memory)))


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


@pytest.mark.parametrize(
    ("operation", "options", "changes"),
    [
        ("rolling_mean", {"window": 3}, {}),
        ("growth", {}, {}),
        ("rolling_mean", {"window": 2}, {"value": Decimal("8.1")}),
        ("rolling_mean", {"window": 2}, {"status": Status.ESTIMATE}),
        ("rolling_mean", {"window": 2}, {"published": dt.date(2026, 2, 2)}),
        ("rolling_mean", {"window": 2}, {"sources": ("b",)}),
        ("rolling_mean", {"window": 2}, {"note": "another"}),
    ],
)
def test_whatever_points_hang_on_makes_others(
    operation: str, options: dict[str, Any], changes: dict[str, Any]
) -> None:
    """Another operation or option, or anything of any input."""
    memory = Memory()
    remember_points(memory)(declare("rolling_mean", "a", window=2), (YEARS,))
    memory = pass_on(memory)
    inputs = ((replace(YEARS[0], **changes), *YEARS[1:]),)
    declaration = declare(operation, "a", **options)

    found = remember_points(memory)(declaration, inputs)

    assert found == compute_points(declaration, inputs)
    assert found != compute_points(declare("rolling_mean", "a", window=2), (YEARS,))
