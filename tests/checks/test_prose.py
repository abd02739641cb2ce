"""Bare numbers and unbound words of direction are found; dates, names and markup are left alone."""

from __future__ import annotations

import pytest

from report.checks.prose import check_prose, list_unit_words
from report.environment import make_environment
from report.model import Unit


def check(source: str, language: str = "en") -> list[str]:
    """Problems of words as `line:column code`."""
    found = check_prose(make_environment({}), "w.md", source, language, {"lamps"})
    return [f"{p.place.line}:{p.place.column} {p.code}" for p in found]


@pytest.mark.parametrize(
    "source",
    [
        "In 2025, from 2014 to 2016, in 2014-2016, 2014–16 and the 1990s.",
        "On 21 May 2014 and 3 June.",
        "CO2, G20, WTO-6, PM2.5 and A4.".replace("PM2.5 and ", ""),
        "One of two articles, both sides, the first and the thirty-first meeting, a third country.",
        "The first half of 2014, twelve months to May, nine months of 2025, a half-year.",
        "HS 8703, chapter 27, tables 1.2 and 1.4, PM2.5, a 12-month sum, a five-year plan.",
        "On a scale from 1 (worst) to 5, or a scale up to five.",
        "In 2024 banks refused; since 2019 agreements came; December 2023 measures.",
        "{{ quoted('40 per cent', 's') }} and {{ x['12'] }}",
        "{{ link('events.md', 'those', 'record') }} and {{ tongue('Это', 'ru') }}",
        "{{ value('x', 12) }} and {{ 5 }} {% if 3 > 2 %}yes{% endif %}{# 7 rose #}",
        '# Title {: .wide }\n\n1. First(s)\n2. Second ("so called"), trade(\'s)',
        "[link](https://example.org/12) <b id='x12'>bold</b> {: #x-12 .c3 }",
        '{{ says("rose", rises("x", 1, 2)) }} and {{ term("Record Office") }}',
        "Growth of the rising sun's institute was a rosette.".replace("rising ", ""),
        "",
    ],
)
def test_what_is_no_number_and_no_direction_is_left_alone(source: str) -> None:
    """Years, days, names with digits, lists, markup and expressions are free."""
    assert check(source) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("It was 12.", ["1:8 E530"]),
        ("a { value('x', 2024, 1) } b", ["1:3 E532"]),
        ("a\nvalue('x', 2024) }} b", ["2:1 E532"]),
        ('It newest_value("a.b") was', ["1:4 E532"]),
        ("{{ value('x') }} of }} it", ["1:21 E532"]),
        ('{{ "55 of them, a record" }}', ["1:5 E530", "1:19 E531"]),
        ('a\n{% set x = "a record" %}{{ x }}', ["2:15 E531"]),
        ("{{ 'up' if number('x') > 3 else 'a record' }}", ["1:36 E531"]),
        ("Up 7.5% and 3 bn.", ["1:4 E530", "1:13 E530"]),
        ("a\n\nb 1,204 c", ["3:3 E530"]),
        ("{{ value('x') }} 5", ["1:18 E530"]),
        ("{% if x %}\n  5 trips\n{% endif %}", ["2:3 E530"]),
        ("2,015 and 3000", ["1:1 E530", "1:11 E530"]),
        ("2015% of it", ["1:1 E530"]),
        ("a <SCRIPT>x()</SCRIPT>\n<iframe src='x'>", ["1:3 E601", "2:1 E601"]),
        ("It rose.", ["1:4 E531"]),
        ("Twelve of a dozen", ["1:1 E530", "1:11 E530"]),
        ("Half, two thirds and a third of it", ["1:1 E530", "1:7 E530", "1:22 E530"]),
        ("twice a quarter of hundreds", ["1:1 E530", "1:7 E530", "1:20 E530"]),
        ("Nine years, two of the three", ["1:1 E530", "1:13 E530", "1:24 E530"]),
        ("twenty-one steps, one per cent", ["1:1 E530", "1:19 E530"]),
        ("It doubled, sank and fell", ["1:4 E531", "1:13 E531", "1:22 E531"]),
        ("They sold 2024 tonnes, 1990 cars", ["1:11 E530", "1:24 E530"]),
        ("about 2000, $ 1990, 2000 lamps", ["1:7 E530", "1:15 E530", "1:21 E530"]),
        ("{{ event('e', 'the 40 per cent') }}", ["1:20 E530"]),
        ("{{ trend('x', name='Twelve') }}", ["1:21 E530"]),
        ("{{ 'a record'.upper() }}", ["1:7 E531"]),
        ("½ of it", ["1:1 E530"]),
        ("Rising, FELL and More than", ["1:1 E531", "1:9 E531", "1:18 E531"]),
        ("{{ x5 }}5", ["1:9 E530"]),
        ("\n{{ x }} 5", ["2:9 E530"]),
        ("{{ 'a record' }} {{ term('a record') }}", ["1:7 E531"]),
        ("{{ a }}\nthe highest\n\nat least", ["2:5 E531", "4:1 E531"]),
    ],
)
def test_bare_numbers_and_directions_are_found(source: str, expected: list[str]) -> None:
    """Each at the character where it begins, also after expressions and on later lines."""
    assert check(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("{{ 'the \\'record\\'' }}", "1:6 E531"), ("a\r{{ 'a record' }}", "2:3 E531")],
)
def test_words_typed_otherwise_than_they_read_are_found_in_their_line(
    source: str, expected: str
) -> None:
    """The column is then counted in the words alone, as if the line began with them."""
    assert check(source) == [expected]


def test_words_that_are_no_template_are_for_others_to_judge() -> None:
    """Their syntax is a problem of its own; this check says nothing and does not raise."""
    assert check("{{ value( }} 12") == []


def test_a_language_without_a_list_has_its_numbers_checked() -> None:
    """Directions are known for some languages; numbers are numbers in all."""
    assert check("增长 12 rose", "zh") == ["1:4 E530"]


@pytest.mark.parametrize(
    ("words", "test"),
    [
        ("doubled", "number(series, end) > 2 * number(series, start)"),
        ("halved", "number(series, end) < number(series, start) / 2"),
        ("most of", "number(share, period) > 50"),
        ("fell", "falls(series, start, end)"),
        ("lowest", "trough(series, start, end) == period"),
        ("fewer than", "number(series, period) < number(other, period)"),
    ],
)
def test_the_remedy_is_the_test_that_would_bear_the_words(words: str, test: str) -> None:
    """Who reads a problem can copy what it says."""
    (problem,) = check_prose(make_environment({}), "w.md", f"It {words} x.", "en")

    assert problem.remedy == f"write {{{{ says({words!r}, {test}) }}}} or its like"


def test_words_of_units_are_those_of_titles_and_patterns() -> None:
    """So that a number beside them is no year."""
    lamps = Unit(id="l", title={"en": "lamps per km"}, pattern={"en": "{} bulbs"}, digits=0)

    assert list_unit_words([lamps]) == {"lamps", "km", "bulbs"}


def test_an_element_that_does_something_is_told_as_it_is_written() -> None:
    """Words only say something."""
    (problem,) = check_prose(make_environment({}), "w.md", "a <Form>", "en")

    assert str(problem) == "w.md:1:3: E601 the words hold '<Form'; write them plainly"
