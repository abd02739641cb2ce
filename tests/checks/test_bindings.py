"""What says() and term() bind is bound: tests ask the data and point the way of their words."""

from __future__ import annotations

import pytest

from report.checks.bindings import check_bindings
from report.environment import make_environment

LONG = 'number("x", 2) > number("x", 1)'


def check(source: str) -> list[str]:
    """Codes of the problems of one expression."""
    found = check_bindings(make_environment({}), "w.md", "{{ " + source + " }}", "en")
    return [problem.code for problem in found]


@pytest.mark.parametrize(
    "call",
    [
        'says("rose", rises("x", 1, 2))',
        'says("fell", falls("x", 1, 2))',
        'says("a record", is_record("x"))',
        f'says("more than doubled", {LONG})',
        'says("less than", number("x", 1) < 5)',
        'says("more out than in", 0 > number("x", 1))',
        'says("lost much of it", number("x") < -50)',
        'says("peaked", peak("x") == "2022")',
        'says("lowest", trough("x") == "2022")',
        'says("did not rise", falls("x", 1, 2))',
        'says("fell", not rises("x", 1, 2))',
        'says("reached", number("x", 1) == 12)',
        'says("two thirds", number("x") > 63 and number("x") < 70)',
        'says("fewer than half", count("a", status="b")|int < count("a")|int / 2)',
        'says("made the fall smaller", first_number("x", 1) < number("x", 1))',
        'says("met in 2023", number("x", 2023) >= 200)',
        'says("larger", number("x", 1) > number("y", 1) == 3)',
        'says("rose", rises("x", 1, 2) if number("x", 1))',
        'says("rose")',
        "says()",
        'term("Higher School of Economics")',
        'term("Power of the East 2")',
        'term("Group of 20")',
        'term("log changes")',
        'formula("(xₙ / x₀)^(1/n) − 1")',
        'formula("Z = (S ∓ 1) / √V")',
        'formula("Σ x")',
        "value(says)",
    ],
)
def test_true_bindings_are_left_alone(call: str) -> None:
    """Up with up, down with down, amounts with comparisons, names with capitals."""
    assert check(call) == []


@pytest.mark.parametrize(
    ("call", "codes"),
    [
        ('says("fell", rises("x", 1, 2))', ["E506"]),
        ('says("rose", falls("x", 1, 2))', ["E506"]),
        ('says("rose", not rises("x", 1, 2))', ["E506"]),
        ('says("larger", number("x", 1) < number("y", 1))', ["E506"]),
        ('says("below", number("x") > 5)', ["E506"]),
        ('says("lowest", peak("x") == "2022")', ["E506"]),
        ('says("twelve", rises("x", 1, 2))', ["E506"]),
        ('says("rose", known("x"))', ["E506"]),
        ('says("rose", true)', ["E507"]),
        ('says("rose", 2 > 1)', ["E507"]),
        ('says("rose", rises("x", 1, 2) or true)', ["E507"]),
        ('says("rose", true if number("x") else true)', ["E507"]),
        ('says("rose", number("x", 1) >= number("x", 1))', ["E507"]),
        ('says("rose", true if number("x") else rises("x", 1, 2))', ["E507"]),
        ('says("rose", rises("x", 1, 2) if number("x") else true)', ["E507"]),
        ('says("rose", quoted("so", "s"))', ["E507"]),
        ('says("rose", number("x", 2).compare(number("x", 1))|int)', ["E506"]),
        ('says("by 40 per cent", number("x") > 39)', ["E530"]),
        ('says("by 7", number("x") > 6)', ["E530"]),
        ('says("ro" ~ "se", rises("x", 1, 2))', ["E502"]),
        ('term("sank by 40 per cent")', ["E530", "E531"]),
        ('term("record")', ["E531"]),
        ('term("Rose")', ["E531"]),
        ('term("Trips fell 40")', ["E530", "E531"]),
        ('term("up by 7")', ["E530", "E531"]),
        ('term("40%")', ["E530"]),
        ('term("a" ~ 40)', ["E502"]),
        ('formula("40%")', ["E502"]),
        ('formula("sank - 40")', ["E502"]),
        ('formula("up - 40")', ["E502"]),
        ('formula("40 - 3")', ["E502"]),
    ],
)
def test_false_bindings_are_found(call: str, codes: list[str]) -> None:
    """A test that asks nothing, or says the opposite; a statement dressed as a name."""
    assert check(call) == codes


@pytest.mark.parametrize(
    ("set_to", "codes"), [('rises("x", 1, 2)', []), ("true", ["E507"]), ("b", ["E507"])]
)
def test_a_test_that_has_a_name_is_followed_to_what_it_is(set_to: str, codes: list[str]) -> None:
    """A name may stand for a test, not for a constant or another name."""
    source = f'{{% set a = {set_to} %}}{{{{ says("rose", a) }}}}'
    found = check_bindings(make_environment({}), "w.md", source, "en")

    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize(
    "call", ['says("fell", not a)', 'says("rose", a and number("x"))', 'says("rose", a or a)']
)
def test_a_test_that_has_a_name_may_be_part_of_another(call: str) -> None:
    """It points where it points, turned round by `not`."""
    source = f'{{% set a = rises("x", 1, 2) %}}{{{{ {call} }}}}'

    assert list(check_bindings(make_environment({}), "w.md", source, "en")) == []


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            'says("fe" ~ "ll", falls("x", 1, 2))',
            (
                "E502 says() is given an expression in place of words; "
                "write the words themselves, in quotes"
            ),
        ),
        (
            'says("by 40%", number("x") > 39)',
            (
                "E530 the number '40%' is typed into says(); "
                "write {{ value(series, period) }} outside of it"
            ),
        ),
        (
            'says("up", falls("x", 1, 2))',
            (
                "E506 the words 'up' point up, the test does not; test with rises(…), is_record(…) "
                "or a comparison with >, in the order in which the words read"
            ),
        ),
        (
            'says("lost", rises("x", 1, 2))',
            (
                "E506 the words 'lost' point down, the test does not; test with falls(…) or "
                "a comparison with <, in the order in which the words read"
            ),
        ),
    ],
)
def test_what_is_told_says_what_to_write(call: str, told: str) -> None:
    """Which way words point, and what stands where it must not."""
    (problem,) = check_bindings(make_environment({}), "w.md", f"{{{{ {call} }}}}", "en")

    assert f"{problem.code} {problem.what}; {problem.remedy}" == told


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ('a {{ term("record") }} record', "1:12"),
        ('{{\nsays("a" ~ "b", rises("x", 1, 2)) }}', "2:1"),
        ('a {{ term("the \\"record\\"") }}', "1:1"),
        ('a\r{{ term("record") }}', "2:1"),
    ],
)
def test_the_place_is_that_of_the_call_or_its_line(source: str, place: str) -> None:
    """The first that fits; where words are typed otherwise than they read, the line alone."""
    (problem,) = check_bindings(make_environment({}), "w.md", source, "en")

    assert str(problem.place) == f"w.md:{place}"


def test_the_place_is_that_of_the_words_and_the_remedy_fits_them() -> None:
    """A long expression has its own lines."""
    source = 'a\n{{ value("x") }} b {{ says("doubled",\n  falls("x", 1, 2)) }}'
    (problem,) = check_bindings(make_environment({}), "w.md", source, "en")

    assert str(problem.place) == "w.md:2:29"
    assert "number(series, end) > 2 * number(series, start)" in problem.remedy


def test_words_that_are_no_template_are_for_others_to_judge() -> None:
    """Their syntax is a problem of its own."""
    assert list(check_bindings(make_environment({}), "w.md", "{{ says(", "en")) == []
