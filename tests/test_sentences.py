"""Sentences are found in composed words, and those that read otherwise are told."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.sentences import Reading, compare_documents, list_sentences, mask_numbers

PAGE = """\
# A page of trips {: #trips }

<div class="finding" markdown="1">

It carried 1&#46;5 times the trips of 2020&#44; a [record](#figure-use). The count
goes on until May&#46;

</div>

<ul class="tiles"> <li> <span>Trips in a year</span> <span>142.5 thousand</span><span>Source: \
counts</span> <svg><path d="M0 1 2 3"/></svg></li> </ul>

- **Bold words** in a list
"""


def test_sentences_are_plain_text() -> None:
    """Without marks, tags and drawings; a point within a number ends nothing."""
    assert list_sentences(PAGE) == [
        "A page of trips",
        "It carried 1.5 times the trips of 2020, a record.",
        "The count goes on until May.",
        "Trips in a year 142.5 thousand Source: counts",
        "Bold words in a list",
    ]


def test_short_sentences_are_sentences_and_rows_of_tables_are_none() -> None:
    """Two words with a stop; a heading of two words, or one word with a stop, says nothing."""
    assert list_sentences("Trade fell. It rose.\n\n## Two words\n\nFell.") == [
        "Trade fell.",
        "It rose.",
    ]
    table = "Before the table it says so.\n\n| Year | Trade of it all |\n|---|---|\n| 2020 | 5 |\n"
    assert list_sentences(table) == ["Before the table it says so."]
    assert read("Trade fell.", "Trade rose.") == [("Trade fell.", "Trade rose.")]


def test_chinese_sentences_end_with_their_own_marks() -> None:
    """Without spaces between them."""
    assert list_sentences("贸易额增长。出口下降。") == ["贸易额增长。", "出口下降。"]


@pytest.mark.parametrize(
    ("sentence", "masked"),
    [
        ("It rose by 6.8% to 1,204 in 2025.", "It rose by #% to # in #."),
        ("The change was −6.8%.", "The change was #%."),
        ("出口下降12.5%", "出口下降#%"),
        ("No number here.", "No number here."),
    ],
)
def test_numbers_are_alike_when_masked(sentence: str, masked: str) -> None:
    """With their signs, decimals and thousands."""
    assert mask_numbers(sentence) == masked


def read(old: str, new: str) -> list[tuple[str, str]]:
    """What reads otherwise, as pairs."""
    return [(one.old, one.new) for one in compare_documents("page.md", old, new)]


def test_sentences_whose_numbers_change_find_each_other() -> None:
    """Even where others came before them."""
    old = "Trade fell by 6.8% in 2025. It was 228 bn USD. It is large."
    new = "A new sentence stands here. Trade fell by 6.9% in 2025. It was 228 bn USD. It is large."

    assert read(old, new) == [
        ("", "A new sentence stands here."),
        ("Trade fell by 6.8% in 2025.", "Trade fell by 6.9% in 2025."),
    ]
    (_, found) = compare_documents("page.md", old, new)
    assert found.is_renumbered


def test_sentences_whose_words_change_are_paired_by_likeness() -> None:
    """What has nothing in common has come or gone."""
    old = "Trade fell by 6.8% in the year 2025."
    new = "Trade rose by 0.1% in the year 2025."

    assert read(old, new) == [(old, new)]
    assert not Reading("page.md", old, new).is_renumbered
    assert read(old, "Quite another matter altogether!") == [
        (old, ""),
        ("", "Quite another matter altogether!"),
    ]


WORDS = st.lists(
    st.sampled_from(["Trade fell by 3%.", "Trade fell by 4%.", "It is so.", "All is well here."]),
    max_size=6,
).map(" ".join)


@given(WORDS)
def test_a_document_does_not_differ_from_itself(text: str) -> None:
    """Whatever is in it."""
    assert read(text, text) == []


@given(WORDS, WORDS)
def test_what_is_told_makes_up_the_difference(old: str, new: str) -> None:
    """The sentences of the old side less those told are those of the new side less those told."""
    told = list(compare_documents("page.md", old, new))
    before, after = Counter(list_sentences(old)), Counter(list_sentences(new))
    before.subtract(one.old for one in told if one.old)
    after.subtract(one.new for one in told if one.new)

    assert min([*before.values(), *after.values(), 0]) == 0
    assert +before == +after
