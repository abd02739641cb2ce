"""No text field is forgotten, and none that the reader takes as a text goes unguarded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields as list_dataclass_fields
from functools import cache

import pytest

from report.checking import check_facts
from report.checks.texts import TEMPLATED, check_texts
from report.columns import Kind
from report.facts import Facts, parse_facts
from report.model import Observation
from report.problems import DataProblems, Place
from report.schemas import SCHEMAS
from report.shapes import SHAPES
from tests.examples import TODAY
from tests.hostile.arsenal import ACTIVE, HIDDEN, QUIET, READ, arm, disarm
from tests.hostile.fields import EXCUSED, OBSERVED, list_text_fields, name_model
from tests.hostile.reports import Spot, fill_data, read_plain


def place_of(facts: Facts, spot: Spot) -> Place:
    """Where the text of a spot begins, as problems name places."""
    for table in facts.tables:
        if table.file == spot.file:
            line, column = spot.at
            starts = [row for row in table.rows if row.line == line]
            return starts[0].place(str(column))
    (document,) = (document for document in facts.documents if document.file == spot.file)
    return document.place(spot.at)


@cache
def list_spots() -> list[Spot]:
    """Every text of the report."""
    return fill_data(lambda spot, text: f"Words of {spot.name} {text}")[1]


def test_every_text_field_is_filled_or_excused() -> None:
    """A new field is filled by itself, or needs a reason here."""
    filled = {spot.name for spot in list_spots()}

    assert filled | set(EXCUSED) == list_text_fields()
    assert not filled & set(EXCUSED)


def test_every_list_of_facts_holds_something() -> None:
    """A new kind of file needs an example, or its texts would go untested."""
    facts = parse_facts(read_plain())
    lists = [field.name for field in list_dataclass_fields(Facts) if "Entry[" in str(field.type)]

    assert facts.problems == []
    assert [name for name in lists if not getattr(facts, name)] == []


def test_texts_of_observations_are_known() -> None:
    """They are no declarations, so their fields are named by hand."""
    texts = {field.name for field in list_dataclass_fields(Observation) if field.type == "str"}

    assert {f"Observation.{name}" for name in texts} == OBSERVED | {
        "Observation.series",
        "Observation.source",
    }


def test_a_twin_is_as_long_and_has_no_sign() -> None:
    """Only letters, spaces and the marks of sentences are left."""
    armed = arm("words", 3)

    assert len(disarm(armed)) == len(armed)
    assert not set(disarm(armed)) - set(" .,;") - {sign for sign in disarm(armed) if sign.isalnum()}
    assert all(piece in armed for piece in (*ACTIVE, *QUIET))


def list_missed(spots: Iterable[Spot], facts: Facts) -> list[str]:
    """Names of fields whose text was let in at some place."""
    found = {problem.place for problem in check_texts(facts)} | {
        problem.place for problem in facts.problems
    }
    lines = {(place.file, place.line) for place in found}
    missed = set()
    for spot in spots:
        place = place_of(facts, spot)
        exact = place in found or spot.file.endswith(".csv")
        if not exact or (place.file, place.line) not in lines:
            missed.add(spot.name)
    return sorted(missed)


@pytest.mark.parametrize("shift", range(3))
def test_text_that_is_not_what_it_seems_is_refused_in_every_field(shift: int) -> None:
    """With the place, in every column and under every key that holds a text; the kinds in turn."""
    kinds = [*HIDDEN.values()]
    texts, spots = fill_data(
        lambda spot, text: (
            f"{text} {kinds[(sum(map(ord, spot.name)) + spot.turn + shift) % len(kinds)]}"
        )
    )

    assert len(spots) > 200
    assert list_missed(spots, parse_facts(texts)) == []


@pytest.mark.parametrize("shift", range(3))
def test_markup_is_refused_in_every_field(shift: int) -> None:
    """With the place; the texts of figures are templates, in which expressions are at home."""
    templated = {f"FigureDeclaration.{name}" for name in TEMPLATED}

    def choose(spot: Spot, text: str) -> str:
        turn = sum(map(ord, spot.name)) + spot.turn + shift
        pieces = [p for p in ACTIVE if not (spot.name in templated and p[:2] in READ)]
        return f"{text} {pieces[turn % len(pieces)]}".strip()

    texts, spots = fill_data(choose)

    assert list_missed(spots, parse_facts(texts)) == []


def test_names_days_and_addresses_are_no_way_in() -> None:
    """Where a text must be one of some kind, what is hidden in it is refused at its line."""
    ranks: Counter[str] = Counter()
    rows = {}
    for name in sorted(EXCUSED):  # each field in a row of its own, where there are as many
        model = name.partition(".")[0]
        rows[name] = ranks[model]
        ranks[model] += 1
    texts, spots = fill_data(
        lambda spot, text: f"{text}\u200b" if spot.turn == rows[spot.name] else text, excused=True
    )
    facts = parse_facts(texts)
    with pytest.raises(DataProblems) as refused:
        check_facts(facts, TODAY)
    lines = {(problem.place.file, problem.place.line) for problem in refused.value.problems}
    missed = [s.name for s in spots if (s.file, place_of(facts, s).line) not in lines]

    assert missed == []
    assert len(spots) > len(EXCUSED) * 2 / 3


def test_every_text_that_is_free_is_guarded_in_tables() -> None:
    """What is declared a name is written as it is, so a spreadsheet would compute a formula."""
    models = {name: name_model(shape.model) for name, shape in SHAPES.values()}
    filled = {spot.name for spot in list_spots()}
    named = {
        f"{models[schema.name]}.{column.name}"
        for schema in SCHEMAS
        if schema.name in models
        for column in schema.columns
        if column.kind in {Kind.NAME, Kind.NAMES}
    }

    assert named & filled == set()
