"""A broken template is told where it breaks off, with what to write there."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateSyntaxError

from report.misprints import explain_misprint
from report.problems import Problem

ENVIRONMENT = Environment(autoescape=True)


def find(source: str) -> Problem | None:
    """What breaks a template, or None where it can be read."""
    try:
        ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        return explain_misprint(ENVIRONMENT, "a.md", source, error)
    return None


@pytest.mark.parametrize(
    ("source", "place", "what", "remedy"),
    [
        # Expressions.
        ("a\n b {{ value('x') }", "2:4", "{{ value('x') } cannot be read: it does not end", "}}"),
        ("{{ value('x' {{ b }}", "1:1", "it does not end", "end it with }}"),
        ("{{ a }} {{ value('x' }}", "1:9", "a parenthesis is not closed", "close it with )"),
        ("{{ a['x' }}", "1:1", "a bracket is not closed", "close it with ]"),
        ("{{ value('x')) }}", "1:1", ") closes what is not open", "take it away"),
        ("{{ value 'x' }}", "1:1", "a text stands where it should end", "between parentheses"),
        ("{{ value 2 }}", "1:1", "a number stands where", "between parentheses"),
        ("{{ value wide }}", "1:1", "'wide' stands where", "between parentheses"),
        ("{{ value('x' 2016) }}", "1:1", "a number follows without a comma", "before it"),
        ("{{ value(“x”) }}", "1:1", "“ is no plain quote", "write \" or '"),
        ("{{ value('x) }}", "1:1", "' begins a text that does not end", "end it with '"),
        ("{{ says('the hill's trips', a) }}", "1:1", "a quote stands within a text", "other kind"),
        ("{{ 'it's' }}", "1:1", "a quote stands within a text", "other kind"),
        ("{{ a = 1 }}", "1:1", "= compares nothing", "write =="),
        ("{{ }}", "1:1", "it ends too early", "before its end"),
        ("{{ a + }}", "1:1", "it ends too early", "before its end"),
        ("{{ a. }}", "1:1", "a dot is followed by no name", "write the name"),
        ("{{ a ? b }}", "1:1", "'?' means nothing here", "correct the expression"),
        ("{{ f(a=1, 2) }}", "1:1", "invalid syntax for function call", "correct the expression"),
        # Tags.
        ("a\n {% if x }}{% endif %}", "2:2", "tag {% if x }} cannot be read: it does not", "%}"),
        ("{% if value(“x”) %}a{% endif %}", "1:1", "“ is no plain quote", "write \" or '"),
        ("{% if value('x' %}a{% endif %}", "1:1", "a parenthesis is not closed", "with )"),
        ("{% if a = 1 %}b{% endif %}", "1:1", "= compares nothing", "write =="),
        ("{% if a %}{% elif b c %}{% endif %}", "1:11", "'c' stands where", "parentheses"),
        ("{% block a b %}{% endblock %}", "1:1", "'b' stands where it should end", ""),
        ("{% set a = %}", "1:1", "it ends too early", "before its end"),
        ("{% blok a %}", "1:1", "there is no tag 'blok'", "did you mean 'block'?"),
        ("{% value a %}", "1:1", "there is no tag 'value'", "a tag of Jinja's"),
        # What is not ended, or not begun.
        (
            "{% block a %}x\n{% block b %}{% endblock %}",
            *("1:1", "nothing ends {% block a %}", "write {% endblock %}"),
        ),
        ("x\n {% if a > 1 %}", "2:2", "nothing ends {% if a > 1 %}", "write {% endif %}"),
        ("{% set a = 1 %}{% set b %}", "1:16", "nothing ends {% set b %}", "{% endset %}"),
        (
            "{% block a %}\n {% if b %}c\n{% endblock %}",
            *("2:2", "nothing ends {% if b %}", "write {% endif %}"),
        ),
        (
            "{% if a %}{% for b in c %}{% endif %}",
            *("1:11", "nothing ends {% for b in c %}", "write {% endfor %}"),
        ),
        ("a\n{% endif %}", "2:1", "{% endif %} ends what was not begun", "take it away"),
        ("{% if x %}y{% endif %}{% endif %}", "1:23", "{% endif %} ends what was", "take it"),
        ("{% block a %}\n {% endif %}", "2:2", "{% endif %} ends what was not", "take it away"),
        ("{% else %}", "1:1", "{% else %} stands in no if or for", "begin what it belongs to"),
        # Remarks and what is shown as it stands.
        ("{% raw %}x", "1:1", "nothing ends {% raw %}", "write {% endraw %}"),
        ("{# x", "1:1", "nothing ends {#", "write #}"),
        ("a {# why {# more", "1:3", "nothing ends {#", "write #} where it ends"),
        ("ab\n\n{%- raw %}x", "3:1", "nothing ends {%- raw %}", "write {% endraw %}"),
        ("{# {{ value x }} #}\n{{ value y }}", "2:1", "{{ value y }} cannot be read", ""),
        ("{# {{ #}\n{% if x }}{% endif %}", "2:1", "{% if x }} cannot be read", "%}"),
        ("{# {% if a %} #}{% block b %}", "1:17", "nothing ends {% block b %}", "endblock"),
        ("{% raw %}{{ a b }}{% endraw %}{{ c d }}", "1:31", "{{ c d }} cannot be read", ""),
        ("{{ says('a {{ b', x) }} {{ value 'x' }}", "1:25", "{{ value 'x' }} cannot", ""),
    ],
)
def test_what_breaks_a_template_is_found_and_told(
    source: str, place: str, what: str, remedy: str
) -> None:
    """At the expression or the tag, not at the line's beginning, and without words of Jinja's."""
    found = find(source)

    assert found is not None
    assert f"{found.place.line}:{found.place.column}" == place
    assert what in found.what
    assert remedy in found.remedy


def test_what_is_shown_is_short_and_can_be_seen() -> None:
    """One line of a long expression, and nothing that a terminal would obey."""
    spaced = find("{{ value 'a\x1b[2J" + " b" * 200 + "'\n }}")
    dense = find("{{ value" + "x" * 200 + " 'a' }}")

    for found in (spaced, dense):
        assert found is not None
        assert "expression {{ value" in found.what
        assert len(found.what) < 150
        assert found.what.isprintable()
        assert " … cannot" in found.what


SOUND = (
    *("{{ value('a }} b') }}", "{% if a %}{{ b }}{% else %}c{% endif %}", "{# {{ x y }} {% #}"),
    *(
        "{% raw %}{{ {% }} {% endraw %}",
        "it's 5 \" long",
        "{% set a = '{{' %}",
        "\n",
        "{{ a.b[1] }}",
    ),
    "{% block a %}{% for b in c %}{% endfor %}{% endblock %}",
)
BROKEN = (
    *("{{ value('x' }}", "{{ value x }}", "{{ a", "{% if x = 1 %}b{% endif %}", "{% endif %}"),
    *("{% if a %}b", "{% blok %}", "{{ f('it's', 1) }}", "{% for a b %}{% endfor %}", "{{ “a” }}"),
)


@given(
    st.lists(st.sampled_from(SOUND), max_size=5),
    st.sampled_from(BROKEN),
    st.lists(st.sampled_from(SOUND), max_size=5),
)
def test_one_fault_among_what_is_sound_is_told_where_it_is(
    before: list[str], broken: str, after: list[str]
) -> None:
    """Whatever stands around it, in remarks and texts as well."""
    lead = " ".join([*before, ""])
    found = find(" ".join([lead + broken, *after]))

    assert found is not None
    line, column = lead.count("\n") + 1, len(lead) - lead.rfind("\n")
    assert (found.place.line, found.place.column) == (line, column)


@given(st.text(alphabet="{}%#'\"() a,\n“endblockif", max_size=40))
def test_whatever_is_written_has_a_place_within_it(source: str) -> None:
    """No text of a template makes the search for its fault fail."""
    found = find(source)

    if found is not None:
        lines = source.split("\n")
        assert 1 <= found.place.line <= len(lines)
        assert 1 <= found.place.column <= len(lines[found.place.line - 1]) + 1
        assert found.what
        assert found.remedy


@pytest.mark.parametrize("piece", ["{% a ", "{# ", "{{ ' ", "{{ a }} ", "{% raw %} ", "' \" "])
def test_long_templates_are_searched_quickly(piece: str) -> None:
    """Texts of unknown hands may be made to keep a search busy for hours."""
    source = piece * (100_000 // len(piece)) + "{{ a b }}"
    begun = time.process_time()

    assert find(source) is not None
    assert time.process_time() - begun < 20
