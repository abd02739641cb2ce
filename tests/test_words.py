"""Prose says only what the data say, and a call that cannot be answered is named at its place."""

from __future__ import annotations

import html
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from report.environment import make_environment
from report.model import DerivedDeclaration, Series, View
from report.problems import Problem
from report.words import Words
from tests.examples import ENGLISH, make_small_view, nowhere, observe

VIEW = make_small_view(
    {
        "trade": {"2019": "80", "2020": "100", "2021": "100", "2022": "150.25", "2023": None},
        "gap": {"2019": "-4", "2020": "0", "2021": "2"},
        "month": {"2020-01": "1.5", "2020-02": "2.5"},
        "empty": {},
    }
)


def make_words(view: View = VIEW) -> Words:
    """Words over the small view, complaining in a file of no report."""
    return Words(view, ENGLISH, nowhere)


def call(name: str, *args: object, view: View = VIEW, **options: object) -> Any:
    """What a function gives, as text where it is said."""
    words = make_words(view)
    result = words.functions()[name](*args, **options)
    assert words.problems == []
    return result


def say(expression: str, view: View = VIEW) -> tuple[str, list[Problem]]:
    """An expression rendered as words do, with its problems."""
    words = make_words(view)
    template = make_environment({"w": "{{ " + expression + " }}"}).get_template("w")
    return template.render(words.functions()), words.problems


@pytest.mark.parametrize(
    ("name", "args", "said"),
    [
        ("value", ("trade", 2022), "150.2 t"),  # 150.25, half to even
        ("value", ("trade", "2022", 2), "150.25 t"),
        ("value", ("trade",), "150.2 t"),  # 2023 is not published
        ("value", ("month", "2020-02"), "2.5 t"),
        ("newest_value", ("month",), "2.5 t in February 2020"),
        ("period", ("month",), "February 2020"),
        ("when", ("2020-Q1",), "Q1 2020"),
        ("when", (2020,), "2020"),
        ("change", ("trade", 2019, 2020), "+25.0%"),  # 100 / 80
        ("change", ("trade", 2020, 2021), "0.0%"),
        ("change", ("trade", 2020), "+50.2%"),  # 150.25 / 100, half to even
        ("change", ("trade", 2022, 2020, 0), "−33%"),  # 100 / 150.25 = 0.6656
        ("difference", ("trade", 2019, 2020), "+20.0 t"),
        ("difference", ("gap", 2021, 2019), "−6.0 t"),
        ("times", ("trade", 2019, 2022), "1.9"),  # 150.25 / 80 = 1.878
        ("first_value", ("trade", 2022), "150.2 t"),
        (
            "trend",
            ("trade", 2019, 2020),
            "Series trade rose from 80.0 t in 2019 to 100.0 t in 2020.",
        ),
        ("trend", ("trade", 2020, 2021, "It"), "It was 100.0 t in 2020 and the same in 2021."),
        ("trend", ("gap", 2021, 2020, "It"), "It fell from 2.0 t in 2021 to 0.0 t in 2020."),
        ("trend", ("gap",), "Series gap rose from −4.0 t in 2019 to 2.0 t in 2021."),
        (
            "extremes",
            ("gap", 2019, 2020),
            "The highest value was 0.0 t in 2020, the lowest −4.0 t in 2019.",
        ),
    ],
)
def test_what_is_said_comes_from_the_data(name: str, args: tuple[object, ...], said: str) -> None:
    """Every number is rounded and written as the language and the unit want it."""
    assert html.unescape(str(call(name, *args))) == said


@pytest.mark.parametrize(
    ("name", "args", "result"),
    [
        ("number", ("trade", 2022), Decimal("150.25")),
        ("number", ("trade",), Decimal("150.25")),
        ("first_number", ("trade", 2019), Decimal(80)),
        ("rises", ("trade", 2019, 2020), True),
        ("rises", ("trade", 2020, 2021), False),
        ("falls", ("trade", 2020, 2021), False),
        ("falls", ("trade", 2022, 2021), True),
        ("is_record", ("trade",), True),
        ("is_record", ("trade", 2021), False),  # as high as 2020, no higher
        ("is_record", ("trade", 2019), False),  # nothing came before
        ("peak", ("trade",), "2022"),
        ("peak", ("trade", 2019, 2021), "2020"),  # the first of two equals
        ("trough", ("gap",), "2019"),
        ("newest", ("trade",), "2022"),
        ("earliest", ("month",), "2020-01"),
        ("known", ("trade",), True),
        ("known", ("trade", 2023), False),
        ("known", ("empty",), False),
    ],
)
def test_what_can_be_tested_is_plain(name: str, args: tuple[object, ...], result: object) -> None:
    """Tests give numbers, truth and periods, unrounded and unescaped."""
    assert call(name, *args) == result


def test_percentages_differ_by_percentage_points() -> None:
    """A share that rises from 40 to 45 rises by five points, not by five per cent."""
    view = make_small_view({"share": {"2019": "40", "2020": "45"}}, unit="{}%")

    text, problems = say('difference("share", 2019, 2020)', view)

    assert "percentage points" in text
    assert "5" in text
    assert problems == []


def test_words_of_direction_stand_while_the_data_bear_them_out() -> None:
    """`says` gives its words back, and nothing else."""
    assert say('says("rose", rises("trade", 2019, 2020))') == ("rose", [])


def test_words_of_direction_fail_when_the_data_turn() -> None:
    """The sentence must be written anew; the place is that of the words."""
    _, problems = say('says("fell", falls("trade", 2019, 2020))')

    assert [(p.code, p.place.column) for p in problems] == [("E505", 5)]
    assert problems[0].what.endswith("do not hold: trade is 80 in 2019 and trade is 100 in 2020")


def test_a_value_is_told_once_however_often_it_was_asked_for() -> None:
    """As by the peak of a series and by its newest value, where they are one."""
    test = 'number("trade", 2020) < number("trade", 2020)'
    _, problems = say(f'says("fell", {test})')

    assert problems[0].what.endswith("do not hold: trade is 100 in 2020")


@pytest.mark.parametrize("test", ['rises("trad", 2019, 2020)', 'number("trade", 2018) > 1'])
def test_words_whose_test_cannot_be_answered_are_not_called_wrong(test: str) -> None:
    """What is wrong with the test is told; what the data say of the words nobody knows."""
    _, problems = say(f'says("rose", {test}) ~ says("fell", falls("trade", 2019, 2020))')

    assert [problem.code for problem in problems][1:] == ["E505"]
    assert problems[0].code in {"E501", "E503"}
    assert "'fell'" in problems[1].what


@pytest.mark.parametrize(
    ("before", "codes"),
    [
        ('value("trad")', ["E501"]),
        ('value("trade", newest("trad"))', ["E501", "E502"]),
        ('value("trade", peak("empty")) ~ value("trade")', ["E503", "E502"]),
    ],
)
def test_a_text_that_could_not_be_said_leaves_the_next_words_tested(
    before: str, codes: list[str]
) -> None:
    """It is no part of a test, nor is what it was given."""
    _, problems = say(f'{before} ~ says("fell", falls("trade", 2019, 2020))')

    assert [problem.code for problem in problems] == [*codes, "E505"]


def test_only_the_values_of_the_test_itself_are_told() -> None:
    """Not those that other words were tested by before."""
    first, second = 'says("rose", rises("trade", 2019, 2020))', 'says("less", number("trade") < 1)'

    _, problems = say(f"{first} ~ {second}")

    assert [p.what for p in problems] == ["the words 'less' do not hold: trade is 150.25 in 2022"]


@pytest.mark.parametrize(
    ("expression", "code", "words"),
    [
        ('value("trad")', "E501", "did you mean 'trade'?"),
        ('value("zzz")', "E501", "declare it"),
        ('value("trade", 2018)', "E503", "from 2019 to 2022"),
        ('value("trade", 2023)', "E503", "from 2019 to 2022"),
        ('value("trade", "2019-13")', "E502", "write 2016"),
        ('value("empty")', "E503", "ask known() first"),
        ("value()", "E502", "CONTRIBUTING.md"),
        ('value("trade", year=2019)', "E502", "CONTRIBUTING.md"),
        ('change("gap", 2019, 2021)', "E504", "use difference()"),
        ('change("gap", 2020, 2021)', "E504", "use difference()"),
        ('times("gap", 2019, 2021)', "E504", "use difference()"),
        ('first_value("trade", 2018)', "E503", "another period"),
        ('first_value("nothing", 2018)', "E501", "declare it"),
        ('extremes("trade", 1990, 1991)', "E503", "another span"),
        ('number("zzz")', "E501", "declare it"),
        ('peak("empty")', "E503", "ask known() first"),
        ('trend("zzz")', "E501", "declare it"),
        ('when("soon")', "E502", "write 2016"),
    ],
)
def test_a_call_that_cannot_be_answered_says_why(expression: str, code: str, words: str) -> None:
    """It never raises: it becomes one problem with a remedy, and a question mark."""
    text, problems = say(expression)

    assert [problem.code for problem in problems] == [code]
    assert words in problems[0].remedy
    assert html.unescape(text) in {"?", "0", "None", ""}


@pytest.mark.parametrize(
    ("expression", "what"),
    [
        (
            'value("trade", 2024)',
            "'trade' has no value for 2024: it was published on 2026-12-01",
        ),
        (
            'value("empty")',
            "nothing is known of 'empty' in this edition: it was published on 2026-11-30",
        ),
        (
            'first_value("trade", 2024)',
            "'trade' has no value for 2024: it was published on 2026-12-01",
        ),
        ('value("trade", 2023)', "'trade' has no value for 2023"),  # not published at all
        ('value("trade", 2018)', "'trade' has no value for 2018"),  # known since the cut-off
    ],
)
def test_a_value_that_became_known_too_late_is_told_so(expression: str, what: str) -> None:
    """Whoever has typed a wrong cut-off would else look for faults in values and words."""
    late = [
        observe("trade", "2024", "7", published="2026-12-01"),
        observe("empty", "2019", "1", published="2026-12-02"),
        observe("empty", "2020", "2", published="2026-11-30"),
        observe("empty", "2021", None, published="2026-11-28"),
        observe("trade", "2018", "5", published="2026-11-24", source="without rank"),
    ]
    report = replace(VIEW.report, observations=(*VIEW.report.observations, *late))

    _, problems = say(expression, replace(VIEW, report=report))

    told = f"{what}, after the cut-off of 2026-11-24" if ":" in what else what
    assert [problem.what for problem in problems] == [told]


@pytest.mark.parametrize("expression", ['trend("empty")', 'extremes("empty")'])
def test_sentences_on_a_series_of_which_nothing_is_known_fail(expression: str) -> None:
    """An empty series is a problem to solve, not a crash."""
    _, problems = say(expression)

    assert {problem.code for problem in problems} == {"E503"}


def test_what_is_said_never_becomes_markup() -> None:
    """Titles and units are data; what stands in them is shown as it is."""
    view = make_small_view({"trade": {"2020": "5"}}, unit="{} <b>*t*</b>")

    text, _ = say('value("trade")', view)

    assert "<" not in text
    assert "*" not in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("trend.level", "5%"),
        ("trend.points", "8"),
        ("progress.growth", "1%"),
        ("progress.significant_ratio", "95%"),
        ("progress.moderate_ratio", "60%"),
        ("progress.short_term", "5"),
        ("progress.long_term", "15"),
        ("progress.short_slack", "1"),
        ("progress.long_slack", "3"),
    ],
)
def test_limits_of_methods_are_said_by_the_machine(name: str, said: str) -> None:
    """As the literature and Eurostat state them, and the report's own allowance."""
    assert html.unescape(call("rule", name)) == said


def test_periods_that_are_known_are_counted_and_constants_are_those_declared() -> None:
    """A period that is not published is not known; a factor is not typed a second time."""
    view = make_small_view({"a": {"2019": "1", "2020": None, "2021": "3"}})
    declared = DerivedDeclaration(
        id="b",
        title={"en": "B"},
        unit="t",
        operation="product",
        of=("a",),
        options={"factor": "136.425648"},
        definition={"en": "A times a constant"},
    )
    with_factor = replace(view, series={**view.series, "b": Series(declared, ())})

    assert call("count_known", "a", view=view) == "2"
    assert call("count_known", "a", 2020, view=view) == "1"
    assert html.unescape(call("factor", "b", view=with_factor)) == "136.43"
    # 1000 / 136.425648 = 7.33 barrels a tonne.
    assert html.unescape(call("factor", "b", per=1000, view=with_factor)) == "7.33"
    _, problems = say('factor("a")', view)
    assert [problem.code for problem in problems] == ["E502"]
