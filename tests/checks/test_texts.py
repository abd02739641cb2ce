"""Texts are judged wherever they stand, numbers and addresses as what they are."""

from __future__ import annotations

import pytest

from report.checks.texts import check_texts
from report.facts import parse_facts
from tests.examples import change_facts, read_data, show


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (
            "data/events.csv",
            "the pass,hill-corridor,neutral",
            "the\u200bpass,hill-corridor,neutral",
            "events.csv:4:105",
        ),
        ("data/report.yml", "singular: Standard", "singular: St\u0430ndard", "report.yml:18:5"),
        (
            "data/derived.yml",
            "definition: Change of",
            "definition: Change | of",
            "derived.yml:14:5",
        ),
        (
            "data/figures/home.yml",
            "River corridor\n",
            "River <corridor>\n",
            "figures/home.yml:16:7",
        ),
        (
            "data/observations/paths.csv",
            "river.length,2022,18.2,final,2023-03-01,counters,map 1",
            "river.length,2022,18.2,final,2023-03-01,counters,map |",
            "observations/paths.csv:2:54",
        ),
        (
            "data/sources.csv",
            "Asked in autumn",
            "Asked | autumn",
            "sources.csv:3:117",
        ),
        ("data/institutions.csv", ",active,Plans", ",act|ive,Plans", "institutions.csv:2:38"),
    ],
)
def test_a_fault_is_found_in_every_table_and_document(
    path: str, old: str, new: str, expected: str
) -> None:
    """Titles, labels, definitions and locators are all text of unknown hands."""
    assert show(check_texts(change_facts((path, old, new)))) == [f"{expected} E601"]


def test_expressions_belong_to_the_texts_of_figures_only() -> None:
    """A figure's title may compute; that of a series, of a tile or within options may not."""
    fine = change_facts(
        ("data/figures/hill-corridor.yml", "title: What happened", "title: '{{ 1 }} trips'\n    #")
    )
    bad = change_facts(("data/series.csv", "Length that is lit", "Length {{ 1 }} lit"))
    tile = change_facts(("data/figures/hill-corridor.yml", "Trips in a year", "'{{ 1 }} trips'"))
    options = change_facts(
        ("data/figures/hill-corridor.yml", "base: 2019", "base: 2019\n      title: '{% x %}'")
    )

    assert show(check_texts(fine)) == []
    assert show(check_texts(bad)) == ["series.csv:11:20 E601"]
    assert show(check_texts(tile)) == ["figures/hill-corridor.yml:3:5 E601"]
    assert show(check_texts(options)) == ["figures/hill-corridor.yml:16:7 E601"]


@pytest.mark.parametrize("title", ["В {{ 2024 }}г. больше", "{{ 3 }}times", "в{{ 1 }}"])
def test_an_expression_belongs_to_no_script(title: str) -> None:
    """So no word beside it mixes two; one that does is found all the same."""
    path, old = "data/figures/hill-corridor.yml", "title: What happened"
    facts = change_facts((path, old, f"title: '{title}'\n    #"))
    mixed = change_facts((path, old, f"title: '{title} \u0430b'\n    #"))

    assert show(check_texts(facts)) == []
    assert [problem.what for problem in check_texts(mixed)] == [
        "the word 'аb' mixes Cyrillic and Latin letters"
    ]


def test_a_fault_is_told_wherever_it_is_repeated() -> None:
    """Texts are not judged twice where nothing was wrong with them, and only there."""
    rows = "".join(
        f"hill.length,{year},11,final,2022-01-01,counters,map |,,first\n" for year in (2020, 2021)
    )
    facts = change_facts(("data/observations/paths.csv", "", rows))

    assert show(check_texts(facts)) == [
        f"observations/paths.csv:{line}:51 E601" for line in (34, 35)
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (
            "data/report.yml",
            "description: Example data for tests; no real place.",
            "description:\n  ru: |\n    Две дороги.\n    Два города.\n  en: Two ways.",
            [],
        ),
        ("data/report.yml", "short_title: Bicycle corridors", "short_title: ' Ways'", ["2:1 E601"]),
        ("data/figures/home.yml", "are made along the river'", "are made along '", []),
    ],
)
def test_line_ends_and_the_ends_of_a_figures_words_are_free(
    path: str, old: str, new: str, expected: list[str]
) -> None:
    """A block of text ends with a line end; a figure's words are joined when they are shown."""
    facts = change_facts((path, old, new))

    assert show(check_texts(facts)) == [f"{path.removeprefix('data/')}:{at}" for at in expected]


def test_no_address_is_none_wherever_its_column_stands() -> None:
    """As here, where it is the first empty cell."""
    rows = (
        "url,id,producer,title,title_lang,published,accessed,licence,redistributable,note\n"
        ",counters,Posts,Counts,en,2026,2026-10-01,CC0 1.0,yes,Yearly\n"
    )

    assert show(check_texts(parse_facts(read_data() | {"data/sources.csv": rows}))) == []


@pytest.mark.parametrize(
    "url",
    ["", "http://example.org", "https://example.org/a?b=c&d=%20#e", "https://example.org:8080/ä"],
)
def test_web_addresses_are_taken(url: str) -> None:
    """Plain addresses, also with a query or a port; none where none may be given."""
    facts = change_facts(("data/sources.csv", "https://example.org/survey/", url))

    assert show(check_texts(facts)) == []


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "//x.org",
        "https://a@b.org/",
        "https://a b.org",
        "mailto:a@b.org",
        "https://",
        "https://exam\u200bple.org/",
        "https://example.org/\u202egpj.x",
        "https://ex\u0430mple.org/",
    ],
)
def test_anything_else_is_no_address(url: str) -> None:
    """No script, no borrowed scheme, no user's name, no space, no letter that seems another."""
    facts = change_facts(("data/sources.csv", "https://example.org/survey/", url))

    assert show(check_texts(facts)) == ["sources.csv:3:44 E602"]


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("data/units.csv", "km,kilometres,", "km,,", "units.csv:3:4"),
        ("data/events.csv", "Bridge opened,", ",", "events.csv:5:21"),
        (
            "data/report.yml",
            "title: Bicycle corridors of North Town and South Town",
            "title: {zh: 走廊}",
            "report.yml:1:1",
        ),
        (
            "data/editions/2026.yml",
            "title: Edition 2026",
            "title: {zh: '2026'}",
            "editions/2026.yml:4:1",
        ),
        (
            "data/figures/home.yml",
            "title: Trips on both corridors",
            "title: ' '",
            "figures/home.yml:3:5",
        ),
    ],
)
def test_a_needed_text_is_written_in_the_first_language(
    path: str, old: str, new: str, expected: str
) -> None:
    """An empty title, or one in another language only, leaves readers with nothing."""
    found = show(check_texts(change_facts((path, old, new))))

    assert f"{expected} E133" in found
