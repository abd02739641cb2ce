"""Words are judged as far as they can be without the facts."""

from __future__ import annotations

from report.environment import make_environment
from report.proofreading import check_forms, check_theme, check_words, check_words_alone

WORDS = {
    "pages/x.md.jinja": "12 rose in a form",
    "site_src/2025/en/a.md": "It was 12.",
    "site_src/2026/en/a.md": "It rose.",
    "site_src/2026/en/b/c.md": "{{ broken( }} 7",
    "site_src/2026/zh/a.md": "It rose by 5. {{ unknown() }}",
}


def test_each_edition_and_language_is_judged_by_itself() -> None:
    """Only the words of the folder that is asked for."""
    found = check_words(make_environment(WORDS), WORDS, "site_src/2026/en/")

    assert [f"{p.place} {p.code}" for p in found] == ["site_src/2026/en/a.md:1:4 E531"]


def test_alone_all_words_are_judged_but_no_name() -> None:
    """Syntax, numbers and directions need no facts; which names exist does, and forms are free."""
    assert [f"{p.place} {p.code}" for p in sorted(check_words_alone(WORDS))] == [
        "site_src/2025/en/a.md:1:1 E516",
        "site_src/2025/en/a.md:1:8 E530",
        "site_src/2026/en/a.md:1:1 E516",
        "site_src/2026/en/a.md:1:4 E531",
        "site_src/2026/en/b/c.md:1:1 E510",
        "site_src/2026/zh/a.md:1:1 E516",
        "site_src/2026/zh/a.md:1:12 E530",
    ]


def test_a_form_that_cannot_be_read_is_named_before_anything_is_built() -> None:
    """Also one that only drawn figures use; which names it may use is not asked."""
    forms = {"parts/a.html.jinja": "{{ figure.title }}", "parts/b.html.jinja": "x\n{% if %}"}

    found = [f"{p.place} {p.code}" for p in check_forms(forms)]

    assert found == ["templates/parts/b.html.jinja:2:1 E510"]


def test_a_form_of_the_theme_that_cannot_be_read_is_named() -> None:
    """At its line, before the renderer would stop at it without a word of where."""
    sound = "{% extends 'base.html' %}\n{% block content %}{{ page.content | url }}{% endblock %}\n"
    found = check_theme({"templates/theme/a.html": sound, "templates/theme/b.html": "x\n{% if %}"})

    assert [(str(p.place), p.code) for p in found] == [("templates/theme/b.html:2:1", "E510")]
