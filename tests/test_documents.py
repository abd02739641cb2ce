"""YAML is read as less than it allows: no surprise of types, no alias, no key twice."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.documents import LARGEST, Document, parse_document


def parse(text: str) -> Document:
    """A document of the file `d.yml`."""
    return parse_document(text, "d.yml")


def show(document: Document) -> list[str]:
    """Problems as `line:column code`."""
    return [f"{p.place.line}:{p.place.column} {p.code}" for p in document.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("NO", "NO"), ("ON", "ON"), ("yes", "yes"), ("12:30", "12:30"), ("1_000", "1_000")),
        *(("0777", "0777"), ("0x10", "0x10"), ("1e400", "1e400"), (".inf", ".inf")),
        *((".5", ".5"), ("5.", "5."), ("+5", "+5"), ("٣", "٣"), ("2026-11-24", "2026-11-24")),
        *(("true", True), ("false", False), ("null", None), ("~", None), ("", None)),
        *(("7", 7), ("-7", -7), ("7.25", 7.25), ("-0.5", -0.5), ("'7'", "7"), ('"true"', "true")),
        *(("True", "True"), ("TRUE", "TRUE"), ("''", "")),
    ],
)
def test_a_plain_value_is_what_it_looks_like(text: str, value: object) -> None:
    """Only whole numbers, decimals, true, false and null are more than text."""
    document = parse(f"key: {text}\n")

    assert document.value == {"key": value}
    assert type(document.value["key"]) is type(value)
    assert document.problems == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1 E110"]),
        ("# nothing\n", ["1:1 E110"]),
        ("a: 1\nb: 2\na: 3\n", ["3:1 E123"]),
        ("a:\n  b: 1\n  b: 2\n", ["3:3 E123"]),
        ("a:\n\tb: 1\n", ["2:1 E121"]),
        ("a: &x 1\n", ["1:4 E122"]),
        ("a: &x [1]\nb: *x\n", ["1:4 E122", "1:4 E122"]),
        ("a: !!python/object:os.system x\n", ["1:4 E124"]),
        ("a: !thing x\n", ["1:4 E124"]),
        ("a: [1\n", ["1:4 E120"]),
        ("a: b: c\n", ["1:5 E120"]),
        ("a: 1\n---\nb: 2\n", ["2:1 E120"]),
        ("? [a]\n: 1\n", ["1:3 E120"]),
        ("a: *nobody\n", ["1:4 E120"]),
        ("a: \x07\n", ["1:1 E120"]),
        ("a: '\n", ["1:4 E120"]),
    ],
)
def test_each_fault_has_its_place_and_code(text: str, expected: list[str]) -> None:
    """What is refused is named at the line and column where it stands."""
    assert show(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "place", "words", "remedy"),
    [
        ("title: Trade: more\n", "1:13", "a colon where no key may be", "double quotes"),
        ("a: 1\n  b: 2\n", "2:4", "a line is indented too far", "indent keys"),
        ("a: 'open\nb: 1\n", "1:4", "a quote that is not closed", "close it"),
        ('a: "so\nb: 1\nc: "so"\n', "1:4", "a quote that is not closed", "close it"),
        ("a: [1, 2\nb: 3\n", "1:4", "a bracket that is not closed", "close it"),
        ("a: {b: 1\nc: 2\n", "1:4", "a bracket that is not closed", "close it"),
        ("a: [\n", "2:1", "a bracket that is not closed", "close it"),
        ("a: [1,\n 'x' y]\n", "2:6", "no comma before this", "write one"),
        ("a: {b: c: d}\n", "1:9", "no comma before this", "double quotes"),
        ("a: {b: c]\n", "1:9", "no comma before this", "close the bracket"),
        ("a: [1]]\n", "1:7", "a bracket or a comma that belongs to nothing", "take it away"),
        ("a: 'x', 'y'\n", "1:7", "a bracket or a comma that belongs", "double quotes"),
        ("a: 'it's'\n", "1:8", "words behind a quote that is closed", "twice"),
        ('a: "so "c" d"\n', "1:9", "words behind a quote that is closed", "write ' for a quote"),
        ("a: {{ f('x') }} in\n", "1:17", "words behind a bracket", "double quotes"),
        ("a: [b] c\n", "1:8", "words behind a bracket", "double quotes"),
        ("a: {{ f('x') }}\n", "1:5", "a key that is no text", "begins with {{"),
        ("a:\n  - 1\n - 2\n", "3:2", "indented otherwise", "alike"),
        (" a: 1\nb: 2\n", "2:1", "indented otherwise", "alike"),
        ("a: 1\nwords\nb: 2\n", "2:1", "neither a key with a colon", "key: value"),
        ("a: @x\n", "1:4", "begins with a sign of YAML's own", "double quotes"),
        ("a: *x\n", "1:4", "begins with a sign of YAML's own", "double quotes"),
        ("a: & x\n", "1:5", "begins with a sign of YAML's own", "double quotes"),
        ("a: \tb\n", "1:4", "a tab within a line", "use a space"),
        ("a: 1\n---\nb: 2\n", "2:1", "a second document", "keep one"),
        ('a: "\\q"\n', "1:6", "a backslash", "two backslashes"),
    ],
)
def test_what_is_no_yaml_is_told_in_words(text: str, place: str, words: str, remedy: str) -> None:
    """Not in the library's; what does not end is told where it begins."""
    (problem,) = parse(text).problems

    assert f"{problem.place.line}:{problem.place.column}" == place
    assert words in problem.what
    assert remedy in problem.remedy
    assert "YAML:" not in problem.what


@pytest.mark.parametrize("digits", ["1" * 5_000, "-" + "1" * 5_000, "1" * 400 + ".0"])
def test_digits_without_end_stay_a_text(digits: str) -> None:
    """What no number can hold is not taken for one, so that its model refuses it."""
    assert parse(f"a: {digits}\n").value == {"a": digits}


def test_long_texts_may_be_folded() -> None:
    """Folded lines are joined by a space and nothing else; kept lines stay lines."""
    document = parse("a: >-\n  b\n  c\nd: |\n  e\n  f\n")

    assert document.value == {"a": "b c", "d": "e\nf\n"}


def test_a_merge_key_is_an_ordinary_key() -> None:
    """Without aliases there is nothing to merge."""
    assert parse("<<: {a: 1}\n").value == {"<<": {"a": 1}}


def test_an_alias_bomb_is_refused_at_once() -> None:
    """Nine levels of nine aliases stand for thousands of millions of items, and are never built.

    That would take minutes.
    """
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    start = time.process_time()

    document = parse("\n".join(lines))

    assert {problem.code for problem in document.problems} == {"E122"}
    assert time.process_time() - start < 20


def test_deep_nesting_is_refused_quickly() -> None:
    """A thousand brackets are a problem, not a crash."""
    start = time.process_time()

    document = parse("a: " + "[" * 1_000 + "]" * 1_000)

    assert [problem.code for problem in document.problems] == ["E120"]
    assert "nested too deeply" in document.problems[0].what
    assert time.process_time() - start < 20


def test_a_file_has_a_greatest_size() -> None:
    """Bytes count, not characters, and nothing of a file too large is parsed."""
    small = parse("a: " + "x" * (LARGEST - 3))
    large = parse("a: " + "я" * (LARGEST // 2))

    assert show(small) == []
    assert show(large) == ["1:1 E117"]


def test_each_part_knows_its_place() -> None:
    """Values stand at their key, items of lists at the item, what is not there around it."""
    document = parse("figures:\n  - id: a\n    title: b\n  - id: c\n")

    assert str(document.place(("figures", 0, "title"))) == "d.yml:3:5"
    assert str(document.place(("figures", 1))) == "d.yml:4:5"
    assert str(document.place(("figures", 1, "title"))) == "d.yml:4:5"
    assert str(document.place(("nothing",))) == "d.yml:1:1"


@given(st.text())
def test_no_text_makes_reading_raise(text: str) -> None:
    """Whatever stands in a file, the answer is a value or problems."""
    document = parse(text)

    assert document.problems or not isinstance(document.value, set)
