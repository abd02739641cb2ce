"""Words that a form never shows are told, with the blocks that it has."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from report.environment import find_template_problems, make_environment
from report.remembering import Memory

FORMS = {
    "pages/base.md.jinja": "{% block finding %}{% endblock %}",
    "pages/topic.md.jinja": '{% extends "pages/base.md.jinja" %}{% block finding %}'
    "{% block intro %}{% endblock %}{% endblock %}",
}


def find(words: str, forms: Mapping[str, str] = FORMS, memory: Memory | None = None) -> list[str]:
    """Problems of words that fill a form."""
    environment = make_environment({**forms, "w.md": words}, memory)
    return [str(problem) for problem in find_template_problems(environment, "w.md", words, ())]


FILLED = ("data", "home", "kind", "topic")
HEAD = '{% extends "pages/topic.md.jinja" %}'


def test_a_block_that_no_form_has_is_told() -> None:
    """Its words would be lost without a word; one of the form's form is shown."""
    assert find(HEAD + "\n{% block intro %}a{% endblock %}{% block finding %}b{% endblock %}") == []
    (told,) = find(HEAD + "\n {% block introo %}a{% endblock %}")
    assert told.startswith("w.md:2:11: E515 the form has no block 'introo'")
    assert told.endswith("never shows this one; use one that it has: finding, intro")


def test_a_block_within_one_that_is_shown_is_shown() -> None:
    """Words may part a block as they like; without a form all blocks are shown."""
    assert find(HEAD + "{% block intro %}{% block own %}a{% endblock %}{% endblock %}") == []
    assert find("{% block own %}a{% endblock %}") == []


@pytest.mark.parametrize(
    ("document", "form"),
    [
        ("data.md", "pages/data.md.jinja"),
        ("index.md", "pages/home.md.jinja"),
        ("paths/index.md", "pages/kind.md.jinja"),
        ("paths/a.md", "pages/topic.md.jinja"),
    ],
)
def test_words_that_fill_no_form_are_told(document: str, form: str) -> None:
    """Their page would have no title, no figures in their places and no sources."""
    environment = make_environment(dict.fromkeys(map("pages/{}.md.jinja".format, FILLED), "x"))
    name = f"site_src/2026/en/{document}"

    (problem,) = find_template_problems(environment, name, "Words.", ())

    assert (str(problem.place), problem.code) == (f"{name}:1:1", "E516")
    assert problem.remedy == f'begin with {{% extends "{form}" %}}'
    assert find("Words.") == []  # a part of a page, such as a form


@pytest.mark.parametrize(
    "forms",
    [
        {**FORMS, "pages/topic.md.jinja": "{% block a"},
        {"pages/topic.md.jinja": HEAD + "{% block a %}{% endblock %}"},
    ],
    ids=["broken", "its own form"],
)
def test_forms_that_cannot_be_followed_are_told_elsewhere(forms: dict[str, str]) -> None:
    """And the search for blocks comes to an end."""
    assert not any("E515" in one for one in find(HEAD + "{% block a %}b{% endblock %}", forms))


def test_words_are_judged_again_when_a_form_loses_their_block() -> None:
    """Though they are as they were, also where it is the form's own form."""
    words = HEAD + "{% block finding %}b{% endblock %}"
    memory = Memory()
    assert find(words, FORMS, memory) == []
    changed = {
        "pages/base.md.jinja": "{% block intro %}{% endblock %}",
        "pages/topic.md.jinja": FORMS["pages/topic.md.jinja"].replace("block finding", "block a"),
    }

    assert find(words, {**FORMS, "pages/base.md.jinja": "x"}, memory) == []
    assert "E515" in find(words, changed, memory)[0]
