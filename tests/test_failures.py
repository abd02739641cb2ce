"""A failure while words are rendered is told in words, and where in them it came up."""

from __future__ import annotations

import pytest

from report.environment import make_environment
from report.failures import explain_failure, find_running, locate_text
from report.problems import Place
from tests.test_environment import render


def test_an_unknown_series_is_told_with_the_form_that_asks_for_it() -> None:
    """The innermost one, whose name stands in place of its compiled code's."""

    def look(name: str) -> str:
        return {"known": "x"}[name]

    for name, said in {"a.b": "series 'a.b'", "c": "'c'"}.items():
        with pytest.raises(KeyError) as caught:
            render("form.md.jinja", "{{ look(key) }}", look=look, key=name)
        assert explain_failure(caught.value, {"form.md.jinja"}) == (
            f"{said} is unknown in this edition, which form.md.jinja asks for"
        )


def test_a_running_expression_knows_its_line() -> None:
    """The innermost wanted template counts, also within blocks of a form."""
    found = []
    templates = {
        "pages/form.md.jinja": "a\n{% block b %}{% endblock %}\n",
        "words.md": (
            '{% extends "pages/form.md.jinja" %}\n{% block b %}\nx\n{{ here() }}\n{% endblock %}'
        ),
    }

    def here() -> str:
        found.append(find_running(lambda name: name == "words.md"))
        return ""

    make_environment(templates).get_template("words.md").render(here=here)

    assert found == [("words.md", 4)]


def test_outside_of_templates_nothing_runs() -> None:
    """A call from elsewhere has no place in the words."""
    assert find_running(lambda _: True) is None


def test_a_text_is_found_on_its_line_or_the_next_few() -> None:
    """Whole names only; what is not found stands at the line's beginning."""
    lines = ["x river.trips", "{{ value(", '  "trips") }}']

    assert locate_text("w", lines, 2, "trips") == Place("w", 3, 4)
    assert locate_text("w", lines, 1, "river") == Place("w", 1, 3)
    assert locate_text("w", lines, 1, "riv") == Place("w", 1)
    assert locate_text("w", lines, 2, "") == Place("w", 2)
