"""Texts become located facts; a fault is said once and does not hide the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from report.declaring import Model, Texts
from report.facts import parse_facts
from report.refusals import explain_error
from report.shapes import SHAPES
from tests.examples import change_facts, read_data, show


def test_the_second_report_is_read_whole() -> None:
    """Every file becomes entries, none a problem."""
    facts = parse_facts(read_data())

    assert facts.problems == []
    counts = {
        name: len(getattr(facts, name))
        for name in ("pages", "questions", "measures", "series", "derived", "events", "figures")
    }
    assert counts == {
        "pages": 3,
        "questions": 6,
        "measures": 4,
        "series": 12,
        "derived": 4,
        "events": 5,
        "figures": 9,
    }
    assert [page for page, _ in facts.figures].count("path-quality") == 2


def test_entries_know_where_their_parts_stand() -> None:
    """The place of a field is its cell in a table and its key in a document."""
    facts = parse_facts(read_data())
    series = facts.series[0]
    _, figure = facts.figures[0]

    # `river.trips,` is 12 characters, `Trips on the river corridor,` 28.
    assert str(series.at("unit")) == "data/series.csv:2:41"
    assert str(series.at("")) == "data/series.csv:2:1"
    assert str(figure.at("series")).startswith("data/figures/hill-corridor.yml:9:")
    assert str(figure.at("series[1]")) == "data/figures/hill-corridor.yml:9:26"
    assert str(figure.at("options.base")) == "data/figures/hill-corridor.yml:15:7"
    assert str(figure.at("nothing")) == str(figure.at(""))


def test_places_are_known_when_what_was_read_is_released() -> None:
    """Of every table, document and value: problems of words and figures are told later on."""
    facts, kept = parse_facts(read_data()), parse_facts(read_data())
    kept.release()

    assert any(table.rows for table in facts.tables)
    assert not any(table.rows for table in kept.tables)
    assert {document.value for document in kept.documents} == {None}
    for entries in ("series", "observations", "editions", "tiles", "figures"):
        pairs = zip(getattr(facts, entries), getattr(kept, entries), strict=True)
        for whole, released in pairs:
            one, other = (whole[1], released[1]) if isinstance(whole, tuple) else (whole, released)
            fields = "__dataclass_fields__" if entries == "observations" else "model_fields"
            names = ["", *getattr(type(one.value), fields)]
            assert one.value == other.value
            assert [one.at(name) for name in names] == [other.at(name) for name in names]


def test_ranks_and_words_become_lists() -> None:
    """Preferences of sources and answered measures are read as the contract says."""
    facts = parse_facts(read_data())

    assert facts.series[0].value.sources == (("counters",), ("survey",))
    assert facts.series[-1].value.sources == (("survey", "counters"),)
    assert facts.constraints[1].value.addressed_by == ("m-lift", "m-shelter")


def test_other_languages_may_have_columns_of_their_own() -> None:
    """`title_zh` and `title_ru` are taken; an empty one is as if it were not there."""
    pages = "id,kind,order,title,title_zh,title_ru,source,sections\na,corridor,1,A,甲,,plan,1\n"

    facts = parse_facts({"data/framework/pages.csv": pages})

    assert facts.pages[0].value.title == {"en": "A", "zh": "甲"}


@pytest.mark.parametrize(
    ("change", "table", "name"),
    [
        (("data/units.csv", "km,kilometres,{} km,1,0,", "km,kilometres,{} km,x,0,"), "units", "km"),
        (("data/units.csv", "km,kilometres,{} km,1,0,", "km,kilometres"), "units", "km"),
        (("data/series.csv", "minutes,annual,both towns,hill", "minutes,a,b,hill"), "series", ""),
        (("data/derived.yml", "    operation: sum\n", ""), "derived", "both.trips"),
    ],
)
def test_what_can_be_told_of_a_faulty_entry_is_kept(
    change: tuple[str, str, str], table: str, name: str
) -> None:
    """Its id counts as declared, so that uses of it are no further problems."""
    facts = change_facts(change)

    assert len(facts.problems) == 1
    assert [(t, fields["id"]) for t, fields in facts.lost] == [(table, name or "hill.time")]


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    """A cell that cannot be read hides no other, and is said once."""
    row = "km,kilometres,{} km,1,0,"
    facts = change_facts(("data/units.csv", row, "Km!,kilometres,{} km,7,x,"))

    told = [(problem.code, problem.what.split()[0]) for problem in facts.problems]
    assert told == [("E201", "value"), ("E131", "id"), ("E131", "digits")]
    assert [fields["id"] for _, fields in facts.lost] == ["Km!"]


@pytest.mark.parametrize(
    ("change", "torn"),
    [
        (("data/units.csv", "id,title", "id,titel"), {"units"}),
        (("data/observations/x.csv", "", "nothing"), {"observations"}),
        (("data/derived.yml", "derived:", "derived: ["), {"derived"}),
        (("data/figures/home.yml", "tiles:", "tile:"), {"tiles", "figures"}),
        (("data/report.yml", "url:", "urls:"), {"kinds"}),
        (("data/other.csv", "", "a,b\n"), {"other.csv"}),
    ],
)
def test_a_file_that_cannot_be_read_as_a_whole_is_remembered(
    change: tuple[str, str, str], torn: set[str]
) -> None:
    """Whoever asks what is declared must know that the answer is not whole."""
    assert change_facts(change).torn == torn


def test_a_needed_file_is_missing_only_where_nobody_says_otherwise() -> None:
    """A file that is there and could not be read has its problem already."""
    texts = {name: text for name, text in read_data().items() if name != "data/units.csv"}

    assert show(parse_facts(texts).problems) == ["units.csv:1:1 E101"]
    assert parse_facts(texts, ["data/units.csv"]).problems == []
    assert parse_facts(texts, ["data/units.csv"]).torn == {"units"}


class Sample(Model):
    """A declaration with fields of several kinds."""

    title: Texts
    count: int = 0
    words: tuple[str, ...] = ()
    flag: bool = False


@pytest.mark.parametrize(
    ("value", "code", "what", "remedy"),
    [
        ({}, "E130", "title is missing", "add it"),
        ({"title": "a", "x": 1}, "E132", "unknown key x", "take it away or correct its name"),
        ({"title": "a", "flagg": 1}, "E132", "unknown key flagg", "did you mean 'flag'?"),
        ({"title": 5}, "E131", "title is 5", "write keys with values"),
        ({"title": {"en": 5}}, "E131", "title.en is 5", "write a text, in quotes where"),
        ({"title": {"de": "a"}}, "E131", "unknown key title.de", "write one of 'en', 'zh' or 'ru'"),
        ({"title": "a", "count": "x"}, "E131", "count is 'x'", "write a whole number"),
        ({"title": "a", "words": "x"}, "E131", "words is 'x'", "write a list"),
        ({"title": "a", "flag": "x"}, "E131", "flag is 'x'", "write true or false"),
        ({"title": "a", "words": "x" * 100}, "E131", "words is '" + "x" * 78 + "…", "write a list"),
    ],
)
def test_a_faulty_declaration_is_said_plainly(
    value: dict[str, object], code: str, what: str, remedy: str
) -> None:
    """What was found is named and cut short; the remedy says what to write."""
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate(value)

    fields = Sample.model_fields
    ((found_code, _, found_what, found_remedy),) = explain_error(caught.value, fields)
    assert (found_code, found_what) == (code, what)
    assert found_remedy.startswith(remedy)


@given(st.dictionaries(st.sampled_from([*SHAPES, "data/observations/x.csv"]), st.text()))
def test_no_table_makes_reading_raise(texts: dict[str, str]) -> None:
    """Whatever stands in the files, the answer is facts and problems."""
    assert parse_facts(texts).problems


documents = ("data/report.yml", "data/derived.yml", "data/editions/2026.yml", "data/figures/x.yml")


@given(
    st.dictionaries(
        st.sampled_from(documents), st.text("adefgilnrsu:[]{}-'\"\n 0.#&*!|>", max_size=40)
    )
)
def test_no_document_makes_reading_raise(texts: dict[str, str]) -> None:
    """Whatever stands in the files, the answer is facts and problems."""
    assert parse_facts(texts).problems


@pytest.mark.parametrize("language", ["", "zh", "zh-Hant", "srp"])
def test_the_language_of_a_title_is_a_code(language: str) -> None:
    """As pages and the book name languages."""
    row = "plan,Planning office,Corridor plan,"

    assert change_facts(("data/sources.csv", row, f"{row}{language}")).problems == []


@pytest.mark.parametrize("language", ["zh_", "Chinese", "z", "zh-", "zh onclick=x"])
def test_anything_else_is_no_language(language: str) -> None:
    """It would stand in an attribute of pages, and the typesetter stops at it."""
    row = "plan,Planning office,Corridor plan,"
    facts = change_facts(("data/sources.csv", row, f"{row}{language}"))

    assert show(facts.problems) == ["sources.csv:4:36 E131"]
