"""Links lead where they say, name what is not there, and mark foreign words as such."""

from __future__ import annotations

import html
from dataclasses import replace

import pytest

from report.declaring import Texts
from report.environment import make_environment
from report.languages import Catalogue
from report.problems import Problem
from report.references import References
from report.words import Words
from tests.examples import ENGLISH, make_second_view, nowhere

DOCUMENTS = frozenset(
    {
        *("index.md", "events.md", "sources.md", "data.md"),
        *("corridors/river-corridor.md", "corridors/hill-corridor.md"),
        "standards/path-quality.md",
    }
)


def say(
    expression: str, document: str = "corridors/river-corridor.md", **values: object
) -> tuple[str, list[Problem]]:
    """An expression rendered in a document, with its problems."""
    view = make_second_view()
    words = Words(view, ENGLISH, nowhere)
    functions = References(view, words, document, DOCUMENTS).functions()
    template = make_environment({"w": "{{ " + expression + " }}"}).get_template("w")
    return template.render({**functions, **values}), words.problems


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('page_link("hill-corridor")', '<a href="../hill-corridor/">Hill corridor</a>'),
        ('page_link("path-quality", "paths")', '<a href="../../standards/path-quality/">paths</a>'),
        (
            'figure_link("quality-share", "this")',
            (
                '<a href="../../standards/path-quality/#figure-quality-share">this '
                '(<span class="figure-number">\0quality-share\0</span>)</a>'
            ),
        ),
        (
            'figure_ref("home-trips")',
            (
                '<a href="../../#figure-home-trips">'
                '<span class="figure-number">\0home-trips\0</span></a>'
            ),
        ),
        ('measure("m-lift")', '<a href="../hill-corridor/#m-lift">Open a lift</a>'),
        (
            'event("e-bridge")',
            '<a href="../../events/#e-bridge">Bridge opened (30 September 2023)</a>',
        ),
        ('source("plan")', '<a href="../../sources/#source-plan">Planning office</a>'),
        (
            'quoted("24 km", "plan")',
            '24 km (<a href="../../sources/#source-plan">Planning office</a>)',
        ),
        ('link("data.md", "all")', '<a href="../../data/">all</a>'),
        ('file_link("data/series/x.csv", "x")', '<a href="../../data/series/x.csv">x</a>'),
        ('term("12")', "12"),
        ('count("measures")', "4"),
        ('count("measures", page="river-corridor")', "2"),
        # e-lift became known after the cut-off of 30 June 2026.
        ('count("events")', "4"),
        ('count("events", since="2020", until="2021")', "1"),
        ('count("institutions", type="board")', "1"),
        ('count("sources")', "3"),
        ('count("statuses", status="reversed")', "0"),
    ],
)
def test_each_function_gives_its_link_or_number(expression: str, expected: str) -> None:
    """Links are relative to the document that holds them."""
    text, problems = say(expression)

    assert html.unescape(text) == expected
    assert problems == []


def test_a_document_that_is_not_there_gets_no_link() -> None:
    """Nothing ever points at a page that this site does not have."""
    assert say('institution("i-board")') == ("Corridor Board", [])
    assert say('link("glossary.md", "a < b")') == ("a &#60; b", [])


@pytest.mark.parametrize(
    ("expression", "code", "words"),
    [
        ('page_link("river-coridor")', "E501", "did you mean 'river-corridor'?"),
        ('link("sorces.md", "sources")', "E501", "did you mean 'sources.md'?"),
        ('link("claims.md")', "E502", "CONTRIBUTING.md"),
        ('figure_link("quality-shares")', "E501", "did you mean 'quality-share'?"),
        ('figure_ref("quality-shares")', "E501", "did you mean 'quality-share'?"),
        ('measure("m-x")', "E501", ""),
        ('event("e-lift")', "E501", ""),
        ('institution("zzz")', "E501", "declare it"),
        ('source("zzz")', "E501", "declare it"),
        ('quoted("5", "zzz")', "E501", "declare it"),
        ('count("hats")', "E501", "declare it"),
        ('count("events", knd="fair")', "E502", "did you mean 'kind'?"),
        ('count("measures", since="2020")', "E502", ""),
        ('count("events", page="river-coridor")', "E501", "did you mean 'river-corridor'?"),
        ('count("statuses", status="stalle")', "E501", "did you mean 'stalled'?"),
        ("source()", "E502", "CONTRIBUTING.md"),
        ('quoted("5")', "E502", "CONTRIBUTING.md"),
    ],
)
def test_a_name_that_points_at_nothing_is_a_problem(expression: str, code: str, words: str) -> None:
    """A near name is suggested; an event published after the cut-off is not there."""
    _, problems = say(expression)

    assert [problem.code for problem in problems] == [code]
    assert words in problems[0].remedy


def test_data_text_in_a_link_is_escaped() -> None:
    """A title never ends the link around it."""
    text, _ = say('link("data.md", \'</a><script>"\')')

    inner = text.removeprefix('<a href="../../data/">').removesuffix("</a>")
    assert html.unescape(inner) == '</a><script>"'
    assert not set(inner) & set("<>\"'")


def test_words_in_another_language_are_marked() -> None:
    """A screen reader must know in which language to read; the page's own needs no mark."""
    view = make_second_view()
    words = Words(view, Catalogue("zh"), nowhere)
    references = References(view, words, "index.md", DOCUMENTS)
    texts: Texts = {"en": "Trade & more", "zh": "贸易"}

    assert references.mark_language(texts) == "贸易"
    assert references.mark_language({"en": "A & B"}) == '<span lang="en">A &#38; B</span>'
    assert references.mark_language("贸易", "zh") == "贸易"
    assert references.mark_language("Handel", "de") == '<span lang="de">Handel</span>'
    assert references.mark_language("Trade") == '<span lang="en">Trade</span>'


def test_sources_of_one_producer_are_told_apart() -> None:
    """By when they were published, the earliest first; those of one day by title, or by id."""
    view = make_second_view()
    counters = view.report.sources["counters"]
    days = {"c1": "2020-03", "c2": "", "c3": "2020-03", "c4": "2018", "c5": "2020-03"}
    titles = dict.fromkeys(days, "Counts") | {"c1": "Counts c1"}
    more = {
        name: counters.model_copy(
            update={
                "id": name,
                "producer": "A & B",
                "published": day,
                "title": titles[name],
            }
        )
        for name, day in days.items()
    }
    report = replace(view.report, sources={**view.report.sources, **more})
    words = Words(replace(view, report=report), ENGLISH, nowhere)
    references = References(words.view, words, "index.md", DOCUMENTS)

    found = references.link_producers(["c1", "survey", "c2", "c4"])

    assert found == [
        (
            'A &#38; B (<a href="sources/#source-c4">2018</a>, '
            '<a href="sources/#source-c1">March 2020</a>, '
            '<a href="sources/#source-c2">undated</a>)'
        ),
        '<a href="sources/#source-survey">Household survey</a>',
    ]
    assert references.link_producers(["c1", "c3"]) == [
        (
            'A &#38; B (<a href="sources/#source-c1">March 2020: Counts c1</a>, '
            '<a href="sources/#source-c3">March 2020: Counts</a>)'
        )
    ]
    assert references.link_producers(["c3", "c5"]) == [
        (
            'A &#38; B (<a href="sources/#source-c3">March 2020: c3</a>, '
            '<a href="sources/#source-c5">March 2020: c5</a>)'
        )
    ]
    assert references.link_producers(["c1", "c3", "survey"], brief=True) == [
        "A &#38; B (2 publications)",
        '<a href="sources/#source-survey">Household survey</a>',
    ]
