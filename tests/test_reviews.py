"""What is carried forward is marked, seen as a problem, and changes nothing else."""

from __future__ import annotations

import pytest

from report.documents import parse_document
from report.environment import make_environment
from report.reviews import (
    find_edition_marks,
    find_marks,
    mark_edition,
    mark_figures,
    mark_words,
)

WORDS = """{% extends "form" %}
{% block finding %}
Trips rose.
{% endblock %}
{% block limits %}{% endblock %}
{% block figures %}

None.
{% endblock %}
"""
FIGURES = """tiles:
  - series: a.b
    title: A
figures:
  - id: one
    form: line
    options: {id: x}
  - id: two
    series: [a.b]
"""


def list_places(path: str, text: str) -> list[str]:
    """Where marks are found."""
    return [f"{problem.place} {problem.code}" for problem in find_marks(path, text)]


def test_each_block_that_says_something_is_marked() -> None:
    """The form shows the same with marks as without, and an empty block needs no review."""
    marked = mark_words(WORDS, "carried forward from 2026")
    form = "{% block finding %}{% endblock %}|{% block figures %}{% endblock %}"

    assert list_places("x.md", marked) == ["x.md:3:1 E550", "x.md:8:1 E550"]
    shown = [
        make_environment({"form": form, "x": words}).get_template("x").render()
        for words in (WORDS, marked)
    ]
    assert shown[0] == shown[1]


def test_words_without_blocks_are_marked_once() -> None:
    """At their beginning."""
    assert list_places("x.md", mark_words("Words.\n", "so")) == ["x.md:1:1 E550"]


def test_each_figure_and_tile_is_marked() -> None:
    """As comments: the declarations say the same."""
    marked = mark_figures(FIGURES, "so")

    assert list_places("x.yml", marked) == ["x.yml:2:3 E550", "x.yml:6:3 E550", "x.yml:10:3 E550"]
    assert parse_document(marked, "x.yml").value == parse_document(FIGURES, "x.yml").value


def test_what_no_edition_shares_is_marked_in_its_file() -> None:
    """Its days and title; not its id, which the command was told."""
    text = 'id: "2027"\ncut_off: 2027-11-24\nreleased: 2027-11-25\ntitle: T\n'

    assert list_places("e.yml", mark_edition(text, "so")) == [
        *("e.yml:2:1 E550", "e.yml:4:1 E550", "e.yml:6:1 E550"),
    ]


def test_marks_of_other_editions_are_not_seen() -> None:
    """An edition is asked for its own words, figures and file alone."""
    mark = "{# review: so #}"
    texts = {
        "site_src/2027/en/a.md": mark,
        "site_src/2026/en/a.md": mark,
        "data/figures/2027/a.yml": "# review: so",
        "data/figures/a.yml": "# review: so",
        "data/editions/2027.yml": "# review: so",
        "data/editions/2027-r1.yml": "# review: so",
    }

    found = [problem.place.file for problem in find_edition_marks("2027", texts)]
    assert found == [
        *("data/editions/2027.yml", "data/figures/2027/a.yml", "site_src/2027/en/a.md"),
    ]


@pytest.mark.parametrize("text", ["review: no", "{# a note #}", "a # review of trade", ""])
def test_other_comments_are_no_marks(text: str) -> None:
    """Only a comment that begins with the word."""
    assert list_places("x", text) == []
