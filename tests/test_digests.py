"""Differences in Markdown: short enough, the worst first, and what is cut is counted."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.changes import ChangeKind, Diff, SeriesChange, State, ValueChange, sort_values
from report.contrasts import Contrast
from report.digests import LONGEST, group_readings, write_digest
from report.model import Reason, Status
from report.periods import parse_period
from report.phrases import code, escape, shorten_number, write_difference
from report.sentences import Reading
from tests.examples import TODAY


def stand(value: str) -> State:
    """A final value of today."""
    return State(Decimal(value), Status.FINAL, ("a",), TODAY, "t", Reason.MAJOR)


def revise(series: str, new: str) -> ValueChange:
    """A value that was 100."""
    period = parse_period("2020")
    return ValueChange(ChangeKind.REVISED, series, period, stand("100"), stand(new))


def contrast(*values: ValueChange, readings: tuple[Reading, ...] = ()) -> Contrast:
    """An edition with these differences."""
    return Contrast("2026", "en", Diff(values=sort_values(values)), (), 3, readings)


def test_a_digest_is_short_enough_and_counts_what_it_cuts() -> None:
    """Rows that are left out are the least ones of their list; every list is seen."""
    many = tuple(revise(f"series.number.{n:05}", f"{100 + n}") for n in range(1, 5001))
    readings = tuple(
        Reading("page.md", f"It was {n} of all the trips.", f"It was {n + 1} of all the trips.")
        for n in range(5000)
    )
    text = write_digest("one", "two", [contrast(*many, readings=readings)])
    left = [int(found.replace(",", "")) for found in re.findall(r"and ([\d,]+) more that", text)]
    rows = len(re.findall(r"(?m)^\| [◆▲●]", text))

    assert len(text) <= LONGEST
    assert left[0] == 5000 - rows
    assert left[1] == 5000 - text.count("\n+ ")
    assert (
        "| ◆ large | `series.number.05000` | 2020 | 100 | 5100 | +5000 (+5000.0%) | major, **ov"
        in text
    )
    assert "`series.number.00001`" not in text
    assert text.count("```") == 2


@given(st.lists(st.integers(-200, 200), max_size=400))
def test_a_digest_never_grows_too_long(news: list[int]) -> None:
    """Whatever differs."""
    values = [revise("x" * 79 + str(at % 10), str(new)) for at, new in enumerate(news)]
    texts = [SeriesChange(ChangeKind.TEXT, "x", "!" * 400, "?" * 400) for _ in news]
    found = Contrast("2026", "en", Diff(values=sort_values(values), series=tuple(texts)), (), 0, ())

    assert len(write_digest("one", "two", [found] * 4, ["A note."])) <= LONGEST


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("228.105", "233.9", "+5.795 (+2.5%)"),  # 5.795 / 228.105 = 2.54 %
        ("-2.8", "-2.5", "+0.3 (+10.7%, the amount shrinks)"),  # 0.3 / 2.8: up, though towards zero
        ("-0.2", "0.3", "+0.5, the sign turns"),
        ("0.3", "-0.2", "−0.5, the sign turns"),
        ("-0.00001", "-0.00002", "−0.00001 (−100.0%, the amount grows)"),
        ("0", "2", "+2"),
        ("2", "0", "−2 (−100.0%)"),
    ],
)
def test_a_change_is_told_in_its_unit_and_in_per_cent(old: str, new: str, words: str) -> None:
    """Of the old amount, so that the sign says up or down."""
    assert write_difference(Decimal(old), Decimal(new)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("69.754901", "69.75490…"),
        ("-6.82708", "−6.82708"),
        ("1234567890", "1234567890"),  # whole digits are never cut
        ("12345678.9", "12345678…"),
        ("0.0000123", "0.0000123"),
    ],
)
def test_long_numbers_are_cut_and_marked(value: str, words: str) -> None:
    """Cut, not rounded: what is there is exact."""
    assert shorten_number(Decimal(value)) == words


def test_a_sentence_that_many_pages_hold_is_told_once() -> None:
    """Those of which only numbers differ come first."""
    numbers = [
        Reading(page, "It fell by 3%.", "It fell by 4%.") for page in ("a.md", "b.md", "b.md")
    ]
    words = Reading("a.md", "It fell by 3%.", "It rose by 3%.")
    came = Reading("a.md", "", "A new one stands.")

    assert group_readings([came, words, *numbers]) == [
        (("a.md", "b.md"), numbers[0]),
        (("a.md",), words),
        (("a.md",), came),
    ]


@pytest.mark.parametrize("text", ["a | b", "`x`", "<b>", "[x](javascript:y)", "@all", "# x", "***"])
def test_text_cannot_be_markup(text: str) -> None:
    """Neither in words nor in names."""
    assert not re.search(r"[|`<>\[\]()*#@]", escape(text).replace("<!-- -->", "").replace("&#", ""))
    assert not re.search(r"[|`]", code(text)[1:-1])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('17.9% of trade, so far; it\'s "large".', '17.9% of trade, so far; it\'s "large".'),
        ("www.example.org", "www&#46;example&#46;org"),  # else a link
        ("2021. Then", "2021&#46; Then"),  # else an entry of a list
        ("&#44;", "&amp;#44;"),  # what looks like a mark in disguise
    ],
)
def test_text_can_be_read_as_it_stands(text: str, shown: str) -> None:
    """Only what would mean something to Markdown is written as a reference."""
    assert escape(text) == shown.replace("&amp;#", "&#38;&#35;")
