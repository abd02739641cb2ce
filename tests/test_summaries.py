"""A page is described by what it says first, in whole sentences of plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.summaries import LONGEST, shorten, strip_marks, summarize
from report.text import escape_markdown


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("# Title\n\nFirst words.\n\nOther words.\n", "First words."),
        (
            '# T\n\n<div class="finding" markdown="1">\n\n**Rose.** By 3&#37;.\n\n</div>',
            "Rose. By 3%.",
        ),
        ("# T\n\nSee [the *method*](method.md#x), or `this`.", "See the method, or this."),
        ('# T\n\nSaid <a href="x/">there</a> in <span lang="ru">Мир</span>.', "Said there in Мир."),
        ('# T\n\n<p class="freshness">Newest: 2025</p>\n\n- one\n- two\n\nWords.', "Words."),
        ("# T\n\n| a | b |\n|---|---|\n\n> quoted\n\n```\ncode\n```\n\nWords.", "Words."),
        ("# T\n\n<p>A paragraph of a form.</p>", "A paragraph of a form."),
        ("# T\n\nSnake&#95;case and a&#42;b stay. {: #here }", "Snake_case and a*b stay."),
        ("# T\n\n## Only headings\n", ""),
    ],
)
def test_the_first_paragraph_is_taken_without_its_marks(markdown: str, said: str) -> None:
    """Headings, lists, tables, code and notes of days are passed over."""
    assert summarize(markdown) == said


def test_only_whole_sentences_are_kept() -> None:
    """As many as fit."""
    text = "One is here. Two is here. Three is here."

    assert shorten(text, 40) == text
    assert shorten(text, 39) == "One is here. Two is here."
    assert shorten(text, 12) == "One is here."
    assert shorten("Growth was 3.5 per cent. More.", 24) == "Growth was 3.5 per cent."


def test_a_sentence_that_is_too_long_ends_at_a_word() -> None:
    """With three dots in its place."""
    assert shorten("A very long sentence, that does not end", 23) == "A very long sentence…"
    assert shorten("x" * 30, 10) == "x" * 9 + "…"


@given(st.text(), st.integers(min_value=2, max_value=400))
def test_nothing_is_longer_than_wished(text: str, longest: int) -> None:
    """Whatever the text."""
    assert len(shorten(text, longest)) <= longest


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs"])))
def test_escaped_text_comes_back(text: str) -> None:
    """What was escaped for Markdown is what readers see."""
    assert strip_marks(str(escape_markdown(text))) == " ".join(text.split())


def test_summaries_fit() -> None:
    """Long paragraphs are cut."""
    assert len(summarize("# T\n\n" + "Words and words. " * 90)) <= LONGEST
