"""Figures are numbered as a reader meets them, and every mention shows the same number."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from report.numbering import fill_numbers, list_in_order, mark_number, number_figures
from tests.test_pages import compose, compose_once

NAMES = st.text("abcxyz-_.0123456789", min_size=1, max_size=8)
PLACED = st.lists(st.tuples(NAMES, st.sampled_from("ABCDE")), unique_by=lambda one: one[0])
EVENTS = '{%% extends "pages/events.md.jinja" %%}{%% block intro %%}%s{%% endblock %%}'


def test_chapters_are_the_pages_with_figures_in_the_order_of_the_navigation() -> None:
    """A page without figures takes no number; what was composed first need not come first."""
    documents = ["index.md", "ways/index.md", "ways/b.md", "ways/a.md", "events.md", "data.md"]
    placed = [("late", "data.md"), ("a1", "ways/a.md"), ("b1", "ways/b.md"), ("b2", "ways/b.md")]

    numbers = number_figures(documents, placed)

    assert numbers == {"b1": "1.1", "b2": "1.2", "a1": "2.1", "late": "3.1"}
    assert list(numbers) == ["b1", "b2", "a1", "late"]


def test_a_document_named_twice_is_one_chapter() -> None:
    """A navigation may lead to a page twice."""
    assert number_figures(["a", "b", "a"], [("x", "a"), ("y", "b")]) == {"x": "1.1", "y": "2.1"}


def test_a_navigation_is_read_from_top_to_bottom() -> None:
    """Titles are left out, sections are entered, and a section's own page comes first."""
    navigation = [
        {"Home": "index.md"},
        {"Ways": ["ways/index.md", {"A": "ways/a.md"}, {"More": [{"B": "ways/b.md"}]}]},
    ]

    assert list_in_order(navigation) == ["index.md", "ways/index.md", "ways/a.md", "ways/b.md"]


@given(PLACED)
def test_a_new_figure_moves_no_number_of_another_page(placed: list[tuple[str, str]]) -> None:
    """As long as its page has figures already: kept drawings of the others stay good."""
    before = number_figures("ABCDE", placed)
    chapters = {document for _, document in placed}

    for document in chapters:
        after = number_figures("ABCDE", [("new figure", document), *placed])
        others = [name for name, place in placed if place != document]
        assert [after[name] for name in others] == [before[name] for name in others]
        assert after["new figure"].endswith(".1")


@given(PLACED)
def test_every_figure_has_one_number_of_its_own(placed: list[tuple[str, str]]) -> None:
    """Numbers are distinct, and those of a page run from one without a hole."""
    numbers = number_figures("ABCDE", placed)

    assert set(numbers) == {name for name, _ in placed}
    assert len(set(numbers.values())) == len(placed)
    for document in "ABCDE":
        own = [numbers[name].split(".")[1] for name, place in placed if place == document]
        assert own == [str(at) for at in range(1, len(own) + 1)]


@given(st.text(), NAMES, st.text())
def test_marks_give_way_to_numbers_and_other_text_stays(left: str, name: str, right: str) -> None:
    """A mark cannot be written by hand, for it begins with NUL, which no text holds."""
    left, right = left.replace("\0", ""), right.replace("\0", "")
    text = left + mark_number(name) + right

    assert fill_numbers(text, {name: "Figure 3.2"}) == f"{left}Figure 3.2{right}"
    assert fill_numbers(text, {}) == f"{left}?{right}"
    assert fill_numbers(left, {name: "Figure 3.2"}) == left


def test_headings_and_links_of_a_report_show_the_same_number() -> None:
    """The second report: home first, then corridors and standards in their order."""
    documents = compose_once()
    numbers = {name: figure.number for name, figure in documents.figures.items()}

    assert numbers["home-trips"] == "1.1"
    assert all(figure.number for figure in documents.figures.values())
    for name, figure in documents.figures.items():
        escaped = figure.number.replace(".", "&#46;")
        heading = f'### <span class="figure-number">Figure {escaped}<span>:</span></span> '
        assert heading in documents.markdown[figure.document], name
    share = numbers["quality-share"].replace(".", "&#46;")
    assert (
        'how good the paths are (<span class="figure-number">Figure '
        f"{share}</span>)</a>" in documents.markdown["index.md"]
    )
    assert not any("\0" in text for text in documents.markdown.values())


def test_a_figure_can_be_cited_before_its_page_is_composed() -> None:
    """`figure_ref` gives the number as a link, wherever the figure stands."""
    documents = compose(changes={"events.md": EVENTS % 'See {{ figure_ref("quality-share") }}.'})
    number = documents.figures["quality-share"].number.replace(".", "&#46;")

    assert documents.problems == []
    assert (
        'See <a href="../standards/path-quality/#figure-quality-share">'
        f'<span class="figure-number">Figure {number}</span></a>.'
        in documents.markdown["events.md"]
    )


def test_a_citation_of_a_figure_that_is_not_there_is_a_problem() -> None:
    """A near name is suggested, as for all links."""
    problems = compose(changes={"events.md": EVENTS % '{{ figure_ref("quality-shar") }}'}).problems

    assert [problem.code for problem in problems] == ["E501"]
    assert re.search("quality-share", problems[0].remedy)
