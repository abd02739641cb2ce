"""A broken template is told where it breaks off, with what to write there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateSyntaxError

from report.misprints import Misprint, find_misprint

ENVIRONMENT = Environment(autoescape=True)


def find(source: str) -> Misprint | None:
    """What breaks a template, or None where it can be read."""
    try:
        ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        return find_misprint(ENVIRONMENT, source, error)
    return None


@pytest.mark.parametrize(
    ("source", "place", "what", "remedy"),
    [
        ("a\n b {{ value('x') }", (2, 4), "{{ value('x') } cannot be read: it does not end", "}}"),
        ("{{ value('x' {{ b }}", (1, 1), "it does not end", "end it with }}"),
        ("{{ a }} {{ value('x' }}", (1, 9), "a parenthesis is not closed", "close it with )"),
        ("{{ a['x' }}", (1, 1), "a bracket is not closed", "close it with ]"),
        ("{{ value 'x' }}", (1, 1), "a text stands where it should end", "between parentheses"),
        ("{{ value 2 }}", (1, 1), "a number stands where", "between parentheses"),
        ("{{ value wide }}", (1, 1), "'wide' stands where", "between parentheses"),
        ("{{ value('x' 2016) }}", (1, 1), "a number follows without a comma", "before it"),
        ("{{ value(“x”) }}", (1, 1), "“ is no plain quote", "write \" or '"),
        ("{{ value('x) }}", (1, 1), "' begins a text that does not end", "end it with '"),
        ("{{ }}", (1, 1), "it ends too early", "before }}"),
        ("{{ a + }}", (1, 1), "it ends too early", "before }}"),
        ("{{ a ? b }}", (1, 1), "unexpected char '?'", "correct the expression"),
        (
            "{% block a %}x\n{% block b %}{% endblock %}",
            *((1, 1), "nothing ends {% block a %}", "write {% endblock %}"),
        ),
        ("x\n {% if a > 1 %}", (2, 2), "nothing ends {% if a > 1 %}", "write {% endif %}"),
        ("{% set a = 1 %}{% set b %}", (1, 16), "nothing ends {% set b %}", "{% endset %}"),
        ("{% blok a %}", (1, 1), "there is no tag 'blok'", "a tag of Jinja's"),
        ("a\n{% endif %}", (2, 1), "{% endif %} ends what was not begun", "take it away"),
        (
            "{% block a %}\n {% endif %}",
            *((2, 2), "{% endif %} ends what was not begun", "write {% endblock %}"),
        ),
        ("a {# why", (1, 3), "{# begins what nothing ends", "end it with #}"),
        ("{% raw %}x", (1, 1), "{% raw begins what nothing ends", "{% endraw %}"),
        ("a\n {% if x }}{% endif %}", (2, 2), "the template cannot be read", "correct"),
    ],
)
def test_what_breaks_a_template_is_found_and_told(
    source: str, place: tuple[int, int], what: str, remedy: str
) -> None:
    """At the expression or the tag, not at the line's beginning, and without words of Jinja's."""
    found = find(source)

    assert found is not None
    assert (found.line, found.column) == place
    assert what in found.what
    assert remedy in found.remedy


def test_what_is_shown_is_short_and_can_be_seen() -> None:
    """One line of a long expression, and nothing that a terminal would obey."""
    found = find("{{ value 'a\x1b[2J" + " b" * 200 + "'\n }}")

    assert found is not None
    assert len(found.what) < 150
    assert found.what.isprintable()
    assert " … " in found.what


@given(st.text(alphabet="{}%#'\"() a,\n“endblockif", max_size=40))
def test_whatever_is_written_has_a_place_within_it(source: str) -> None:
    """No text of a template makes the search for its fault fail."""
    found = find(source)

    if found is not None:
        lines = source.split("\n")
        assert 1 <= found.line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1
        assert found.what
        assert found.remedy
