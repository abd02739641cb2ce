"""A broken catalogue is named before a reader sees half of its words."""

from __future__ import annotations

import re

import pytest

from report.checks.catalogues import check_catalogue
from report.proofreading import check_forms


@pytest.mark.parametrize(
    "text",
    [
        "",
        '# a comment\nmsgid "a \\"b\\""\nmsgstr "c"\n',
        'msgid "of %(count)s"\nmsgstr ""\n',
        'msgid "of %(count)s"\nmsgstr "%(count)s 个"\n',
        'msgid ""\n"of %(a)s "\n"and %(b)s"\nmsgstr "%(b)s, %(a)s"\n',
        '#, fuzzy\nmsgid "of %(count)s"\nmsgstr "x"\n',
    ],
)
def test_a_catalogue_that_can_be_used_is_left_alone(text: str) -> None:
    """Words not yet translated stay English, and an order of values is free."""
    assert list(check_catalogue("zh.po", text, "zh")) == []


LINE = (
    "the line is neither a keyword with a text in quotes, nor a text, nor a comment; "
    'write, for instance, msgstr "…"'
)
TWO = "the translation of 'of %(count)s' fills in {}; write %(count)s"


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('msgid "a"\nmsgstr "b\n', 2, LINE),
        ('msgid "a"\nmsgstr "b"\nrubbish\n', 3, LINE),
        ('msgid "a" "b"\n', 1, LINE),
        ('\nmsgid "of %(count)s"\nmsgstr "x"\n', 2, TWO.format("nothing")),
        ('msgid "of %(count)s"\nmsgstr "%(cuont)s"\n', 1, TWO.format("%(cuont)s")),
        ('msgid "of %(count)s"\nmsgstr "%(count)s %"\n', 1, TWO.format("%, %(count)s")),
        (
            'msgid "100%% of"\nmsgstr "%(count)s"\n',
            1,
            "the translation of '100%% of' fills in %(count)s; write nothing",
        ),
    ],
)
def test_what_is_broken_is_named_at_its_line(text: str, line: int, told: str) -> None:
    """Quotes, keywords, order, and values that a translation leaves out or invents."""
    (problem,) = check_catalogue("zh.po", text, "zh")

    assert str(problem) == f"zh.po:{line}:1: E514 {told}"


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', "correct the line"),
        (
            'msgid ""\nmsgstr "Content-Type: x; charset=nope\\n"\n\nmsgid "a"\nmsgstr "b"\n',
            "correct it, or make it anew from report.pot",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_the_words_of_the_reader(text: str, remedy: str) -> None:
    """Without the number of its line, which stands in the place."""
    (problem,) = check_catalogue("zh.po", text, "zh")

    assert str(problem).startswith("zh.po:1:1: E514 the catalogue cannot be read: ")
    assert problem.remedy == remedy
    assert not re.search(r" on \d+$", problem.what)


def test_the_line_of_what_cannot_be_read_is_told_and_its_words_are_whole() -> None:
    """Words that hold an `on` themselves lose none."""
    text = 'msgid "a"\nmsgstr "b"\n\nmsgid "on foot on paths"\nmsgid "c"\nmsgstr "d"\n'

    (problem,) = check_catalogue("zh.po", text, "zh")

    assert str(problem.place) == "zh.po:4:1"
    assert problem.what == (
        "the catalogue cannot be read: missing msgstr for msgid 'on foot on paths'"
    )


def test_a_language_has_as_many_plurals_as_it_has() -> None:
    """Three in Russian, where English has two."""
    forms = "".join(f'msgstr[{number}] "x"\n' for number in range(3))
    text = f'msgid "a"\nmsgid_plural "b"\n{forms}'

    assert list(check_catalogue("ru.po", text, "ru")) == []


def test_several_translations_are_told_each() -> None:
    """One that is not yet sure between them ends nothing."""
    wrong = 'msgid "of %(a)s"\nmsgstr "x"\n'
    text = f"{wrong}\n#, fuzzy\n{wrong.replace('a', 'b')}\n{wrong.replace('a', 'c')}"

    assert [problem.place.line for problem in check_catalogue("zh.po", text, "zh")] == [1, 8]


def test_catalogues_of_a_report_are_judged_with_its_forms() -> None:
    """By the path at which the file lies."""
    found = list(check_forms({"locale/ru.po": "x", "locale/report.pot": "x"}))

    assert [str(problem.place) for problem in found] == ["templates/locale/ru.po:1:1"]
