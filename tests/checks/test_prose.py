"""Bare numbers and unbound words of direction are found; dates, names and markup are left alone."""

from __future__ import annotations

import pytest

from report.checks.prose import check_prose
from report.environment import make_environment


def check(source: str, language: str = "en") -> list[str]:
    """Problems of words as `line:column code`."""
    found = check_prose(make_environment({}), "w.md", source, language)
    return [f"{p.place.line}:{p.place.column} {p.code}" for p in found]


@pytest.mark.parametrize(
    "source",
    [
        "In 2025, from 2014 to 2016, in 2014-2016, 2014–16 and the 1990s.",
        "On 21 May 2014 and 3 June.",
        "CO2, G20, WTO-6, PM2.5 and A4.".replace("PM2.5 and ", ""),
        "{{ value('x', 12) }} and {{ 5 }} {% if 3 > 2 %}yes{% endif %}{# 7 rose #}",
        "# Title\n\n1. First\n2. Second",
        "[link](https://example.org/12) <b id='x12'>bold</b> {: #x-12 .c3 }",
        '{{ says("rose", rises("x", 1, 2)) }} and {{ term("record") }}',
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
        ('{{ "55 of them, a record" }}', ["1:1 E530", "1:15 E531"]),
        ('a\n{% set x = "a record" %}{{ x }}', ["2:3 E531"]),
        ("{{ 'up' if number('x') > 3 else 'a record' }}", ["1:3 E531"]),
        ("Up 7.5% and 3 bn.", ["1:4 E530", "1:13 E530"]),
        ("a\n\nb 1,204 c", ["3:3 E530"]),
        ("{{ value('x') }} 5", ["1:18 E530"]),
        ("{% if x %}\n  5 trips\n{% endif %}", ["2:3 E530"]),
        ("2,015 and 3000", ["1:1 E530", "1:11 E530"]),
        ("2015% of it", ["1:1 E530"]),
        ("a <SCRIPT>x()</SCRIPT>\n<iframe src='x'>", ["1:3 E601", "2:1 E601"]),
        ("It rose.", ["1:4 E531"]),
        ("Rising, FELL and More than", ["1:1 E531", "1:9 E531", "1:18 E531"]),
        ("{{ a }}\nthe highest\n\nat least", ["2:5 E531", "4:1 E531"]),
    ],
)
def test_bare_numbers_and_directions_are_found(source: str, expected: list[str]) -> None:
    """Each at the character where it begins, also after expressions and on later lines."""
    assert check(source) == expected


def test_words_that_are_no_template_are_for_others_to_judge() -> None:
    """Their syntax is a problem of its own; this check says nothing and does not raise."""
    assert check("{{ value( }} 12") == []


def test_a_language_without_a_list_has_its_numbers_checked() -> None:
    """Directions are known for some languages; numbers are numbers in all."""
    assert check("增长 12 rose", "zh") == ["1:4 E530"]
