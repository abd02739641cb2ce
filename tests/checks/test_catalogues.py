"""A broken catalogue is named before a reader sees half of its words."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "a"\nmsgstr "b\n', 2),
        ('msgid "a"\nmsgstr "b"\nrubbish\n', 3),
        ('msgid "a" "b"\n', 1),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', 1),
        ('\nmsgid "of %(count)s"\nmsgstr "x"\n', 2),
        ('msgid "of %(count)s"\nmsgstr "%(cuont)s"\n', 1),
        ('msgid "of %(count)s"\nmsgstr "%(count)s %"\n', 1),
        ('msgid ""\nmsgstr "Content-Type: x; charset=nope\\n"\n\nmsgid "a"\nmsgstr "b"\n', 1),
    ],
)
def test_what_is_broken_is_named_at_its_line(text: str, line: int) -> None:
    """Quotes, keywords, order, and values that a translation leaves out or invents."""
    (problem,) = check_catalogue("zh.po", text, "zh")

    assert (problem.code, problem.place.line) == ("E514", line)


def test_catalogues_of_a_report_are_judged_with_its_forms() -> None:
    """By the path at which the file lies."""
    found = list(check_forms({"locale/ru.po": "x", "locale/report.pot": "x"}))

    assert [str(problem.place) for problem in found] == ["templates/locale/ru.po:1:1"]
