"""No text becomes markup, formula or script, and what cannot be seen is found."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
from pathlib import Path

import markdown  # type: ignore[import-untyped] # no types are installed for it
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.text import (
    escape_html,
    escape_markdown,
    escape_typst,
    find_faults,
    guard_formula,
    json_in_script,
    plain_number,
    suggest_numbers,
    trust,
)

EXTENSIONS = ["attr_list", "tables", "admonition", "footnotes", "def_list", "abbr", "toc"]
EXTENSIONS += ["md_in_html"]
MARKS = " \n\t#*_`~[](){}<>!|\\:;-+=.&\"'^$%@1aяÄ中/"
"""Characters that mean something to Markdown, and some that do not."""
# Python-Markdown itself drops U+0002 and U+0003, and data text holds no control characters.
shown = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t"))
hostile = st.text(st.sampled_from(MARKS), max_size=60)


class Parsed(html.parser.HTMLParser):
    """The elements, attributes and text of a piece of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element with its attributes."""
        self.elements.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


RENDERER = markdown.Markdown(extensions=EXTENSIONS)


def render(source: str) -> Parsed:
    """Markdown as HTML, taken apart."""
    RENDERER.reset()
    return Parsed(RENDERER.convert(source))


@settings(max_examples=15 * settings().max_examples, deadline=None)
@given(st.one_of(hostile, shown))
def test_escaped_text_comes_back_from_markdown_as_it_was(text: str) -> None:
    """Any text within a paragraph is shown as it is: same text, no element, no attribute."""
    parsed = render(f"a{escape_markdown(text)}z")

    assert parsed.text == f"a{text}z"
    assert parsed.elements == [("p", ())]


@settings(max_examples=5 * settings().max_examples, deadline=None)
@given(hostile)
def test_escaped_text_starts_nothing_at_the_start_of_a_line(text: str) -> None:
    """A text that begins a line is no heading, list, quote, code, table or footnote."""
    parsed = render(f"{escape_markdown(text)}")

    assert {tag for tag, _ in parsed.elements} <= {"p"}
    assert parsed.text.strip() == text.strip()


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("    code", "&#32;   code"),
        ("\u00a0 code", "&#160; code"),
        ("no code  ", "no code  "),
        ("- no item", "&#45; no item"),
    ],
)
def test_a_space_that_begins_a_text_is_written_as_a_character(text: str, escaped: str) -> None:
    """Four of them would begin a block of code; spaces elsewhere stay."""
    assert escape_markdown(text) == escaped


@settings(max_examples=3 * settings().max_examples, deadline=None)
@given(hostile)
def test_escaped_text_stays_within_its_table_cell(text: str) -> None:
    """A cell's text never makes a further cell or row."""
    parsed = render(f"| a | b |\n|---|---|\n| x{escape_markdown(text)}z | c |")

    tags = [tag for tag, _ in parsed.elements]
    assert (tags.count("td"), tags.count("tr")) == (2, 2)
    assert f"x{text}z" in parsed.text


@settings(max_examples=3 * settings().max_examples, deadline=None)
@given(st.text())
def test_escaped_text_stays_within_html(text: str) -> None:
    """Text in content and in a quoted attribute never ends them."""
    safe = escape_html(text.replace("\r", ""))

    parsed = Parsed(f'<p title="{safe}">{safe}</p>')

    assert [tag for tag, _ in parsed.elements] == ["p"]
    assert [name for _, attributes in parsed.elements for name, _ in attributes] == ["title"]


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("", '""'),
        ("#set text(red) $x$ \n", '"#set text(red) $x$ \n"'),
        ('say "no"', r'"say \"no\""'),
        ("C:\\", r'"C:\\"'),
        ('\\"', r'"\\\""'),
    ],
)
def test_text_cannot_end_its_literal_in_the_book(text: str, literal: str) -> None:
    """A quote and a backslash are escaped, each by itself; nothing else is changed."""
    assert escape_typst(text) == literal


def test_trusted_markup_is_not_escaped_again() -> None:
    """What the project's own forms made stays markup; text stays text."""
    assert escape_html(trust("<b>")) == "<b>"
    assert escape_html("<b>") == "&lt;b&gt;"


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=8,
)


@settings(max_examples=3 * settings().max_examples, deadline=None)
@given(values)
def test_json_never_ends_the_script_around_it(value: object) -> None:
    """JSON in a script reads back as it was, and holds nothing that HTML or old engines read."""
    text = json_in_script(value)

    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")


def test_json_keeps_letters_of_all_scripts() -> None:
    """Names stay readable in the source of a page."""
    assert json_in_script("Köln, Россия, 中国") == '"Köln, Россия, 中国"'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf")]])
def test_json_refuses_what_is_no_number(value: object) -> None:
    """NaN and infinity never reach a drawing."""
    with pytest.raises(ValueError, match="JSON compliant"):
        json_in_script(value)


def test_json_is_the_same_whatever_the_order_of_keys() -> None:
    """The same values give the same bytes."""
    assert json_in_script({"b": 1, "a": 2}) == json_in_script({"a": 2, "b": 1})


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "﹦", "⁺"]
)
def test_a_text_that_a_spreadsheet_computes_is_guarded(start: str) -> None:
    """Signs that begin a formula, full-width and small ones as well, get a quote before them."""
    assert guard_formula(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["=\u0338A1", "\u2a751"])
def test_a_sign_is_guarded_that_others_join_or_split(text: str) -> None:
    """An equals sign with a stroke upon it, and a letter that is two of them."""
    assert guard_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Trade", "1=1", " a", "中", "(=1)"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    """Nothing is added where nothing threatens."""
    assert guard_formula(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0")))
def test_a_guarded_text_reads_back_from_csv(text: str) -> None:
    """A guarded cell holds the text whole."""
    target = io.StringIO()
    csv.writer(target).writerow([guard_formula(text), "end"])

    (cell, _) = next(csv.reader(io.StringIO(target.getvalue(), newline="")))

    assert cell.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("see <script>", 4, "reads as markup"),
        ("a {{ 7*7 }}", 2, "reads as markup"),
        ("{% include 'x' %}", 0, "reads as markup"),
        ('--8<-- "x"', 0, "reads as markup"),
        ("a | b", 2, "reads as markup"),
        ("a &amp; b", 2, "reads as markup"),
        ("[x](y)", 2, "reads as markup"),
        ("a\tb", 1, "U+0009"),
        ("a\x07b", 1, "U+0007"),
        ("a\u200bb", 1, "ZERO WIDTH SPACE"),
        ("a\u202eb", 1, "RIGHT-TO-LEFT OVERRIDE"),
        ("a\u2066b", 1, "LEFT-TO-RIGHT ISOLATE"),
        ("a\u2028b", 1, "LINE SEPARATOR"),
        ("a\ufeffb", 1, "ZERO WIDTH NO-BREAK SPACE"),
        ("a\u00adb", 1, "SOFT HYPHEN"),
        ("the \u0421N road", 4, "mixes Cyrillic and Latin"),
        ("a p\u0430th", 2, "mixes Cyrillic and Latin"),
        ("\u0391bc", 0, "mixes Greek and Latin"),
        ("\u042f\u4e2d", 0, "mixes Cyrillic and Han"),
        ("Cafe\u0301", 3, "normal form"),
        (" a", 0, "begins or ends with a space"),
        ("a ", 0, "begins or ends with a space"),
        ("a\u00a0", 0, "begins or ends with a space"),
    ],
)
def test_a_fault_is_found_at_its_place(text: str, at: int, words: str) -> None:
    """What is hidden, mixed or markup is named, at the character where it begins."""
    found = list(find_faults(text))

    assert (at, True) in [(place, words in what) for place, what, _ in found]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a | b", (2, "text holds '|', which reads as markup", "write it in words")),
        (
            "a\x07b",
            (1, "text holds U+0007 (control character), which cannot be seen", "take it out"),
        ),
        (
            "a \u0421N",
            (2, "the word '\u0421N' mixes Cyrillic and Latin letters", "write it in one"),
        ),
        ("Cafe\u0301", (3, "text is not in Unicode normal form NFC", "write it composed (NFC)")),
        ("a ", (0, "text begins or ends with a space", "take the space away")),
        ('a "b" c"', (7, "text holds a quote without its partner", "write both, or none")),
    ],
)
def test_a_fault_is_told_with_its_remedy(text: str, fault: tuple[int, str, str]) -> None:
    """In words that somebody who does not program can follow."""
    assert list(find_faults(text)) == [fault]


@pytest.mark.parametrize(
    "char", ["\ue000", "\u0378", "\ud800", "\u2028", "\u2029", "\u2060", "\x85"]
)
def test_no_character_is_hidden(char: str) -> None:
    """Private, unassigned and half ones, ends of lines and paragraphs, joiners, controls."""
    faults = [(at, what[:17]) for at, what, _ in find_faults(f"a{char}b")]

    assert faults == [(1, f"text holds U+{ord(char):04X}")]


@pytest.mark.parametrize(
    "text",
    [
        "Trade of 2015, in bn USD (CIF)",
        "R&D at 5 < 6 and 7 > 6",
        "Торговля и 贸易",
        "комп\u02bcютер",
        "\U00017000\U00017001",  # letters without a name
        "A股 and B股",
        "CO₂ – the “best” estimate…",
        "naïve Ångström",
        "50% [estimate]",
        'called "new", then "newer"',
    ],
)
def test_ordinary_text_has_no_fault(text: str) -> None:
    """Typography, other scripts and comparison signs are fit to read."""
    assert not list(find_faults(text))


@given(st.text(st.characters(max_codepoint=0x2FFF)))
def test_faults_come_in_order_and_lie_within_the_text(text: str) -> None:
    """Each place can be pointed at."""
    places = [at for at, _, _ in find_faults(text)]

    assert places == sorted(places)
    assert all(0 <= at <= len(text) for at in places)


@pytest.mark.parametrize("text", ["0", "-0", "7", "1204", "-12.5", "0.10", "100000000000.000001"])
def test_plain_numbers_are_numbers(text: str) -> None:
    """Digits with at most one sign and one point."""
    assert plain_number(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1,204", ["1204", "1.204"]),
        ("1 204 000", ["1204000"]),
        ("1_000", ["1000"]),
        ("1'204.5", ["1204.5"]),
        ("+5", ["5"]),
        (".5", ["0.5"]),
        ("-.5", ["-0.5"]),
        ("5.", ["5"]),
        (" 5", ["5"]),
        ("5 ", ["5"]),
        ("−5", ["-5"]),
        ("－5", ["-5"]),
        ("１２", ["12"]),
        ("٣", ["3"]),
        ("²", ["2"]),
        ("007", ["7"]),
        ("-007.5", ["-7.5"]),
        ("NaN", []),
        ("inf", []),
        ("-inf", []),
        ("1e400", []),
        ("0x10", []),
        ("1,20", ["1.20"]),
        ("-0,5", ["-0.5"]),
        ("228,1055", ["228.1055"]),
        ("1,204,000", ["1204000"]),
        ("1,204.5", ["1204.5"]),
        ("0,125", ["0.125"]),
        ("-0,500", ["-0.500"]),
        ("00,125", ["0.125"]),
        ("1234,567", ["1234.567"]),
        ("1\N{NO-BREAK SPACE}204,567", ["1204.567"]),
        ("−1,204", ["-1204", "-1.204"]),
        ("１,204", ["1204", "1.204"]),
        ("12,34,567", []),
        ("1,204,56", []),
        ("1,2,3", []),
        ("1.204,5", []),
        ("--5", []),
        ("five", []),
        ("", []),
        ("-", []),
        ("5\n", ["5"]),
    ],
)
def test_any_other_number_is_refused_with_what_was_meant(text: str, meant: list[str]) -> None:
    """The remedy is a plain number, or two where a comma may be either, or nothing."""
    assert not plain_number(text)
    assert suggest_numbers(text) == meant


@given(st.text())
def test_a_suggestion_is_a_plain_number(text: str) -> None:
    """What is suggested is never refused."""
    assert all(plain_number(meant) for meant in suggest_numbers(text))


def test_escaping_is_tried_with_every_extension_that_renders() -> None:
    """Whoever adds a Markdown extension to mkdocs.yml tries it here."""
    settings = (Path(__file__).parents[1] / "mkdocs.yml").read_text()
    listed = re.search(r"^markdown_extensions:\n((?:[ ]+.*\n)+)", settings, re.MULTILINE)

    assert listed is not None
    assert set(re.findall(r"^  - (\w+)", listed[1], re.MULTILINE)) <= set(EXTENSIONS)
