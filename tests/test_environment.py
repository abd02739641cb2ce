"""Templates escape by default, fail on a missing name, and are held no longer than needed."""

from __future__ import annotations

import pytest
from jinja2 import TemplateSyntaxError, UndefinedError

from report.environment import (
    find_template_problems,
    make_environment,
)
from report.pages import Composer
from report.problems import Place
from report.text import trust
from report.views import make_view
from tests.examples import ENGLISH, make_second_report
from tests.test_pages import read_templates


def render(name: str, source: str, **values: object) -> str:
    """A template of this name, rendered."""
    return make_environment({name: source}).get_template(name).render(values)


def find(source: str, *known: str) -> list[str]:
    """Problems of a template as `line:column code`."""
    form = "{% block b %}{% endblock %}"
    environment = make_environment({"w.md": source, "pages/x.md.jinja": form})
    found = find_template_problems(environment, "w.md", source, known)
    return [f"{p.place.line}:{p.place.column} {p.code}" for p in found]


def test_an_expression_is_escaped_for_the_language_of_its_template() -> None:
    """HTML in `.html.jinja`, Markdown anywhere else; markup passes."""
    assert render("a.html.jinja", "{{ x }}", x="<*>") == "&lt;*&gt;"
    assert render("a.md", "{{ x }}", x="<*>") == "&#60;&#42;&#62;"
    assert render("a.md", "{{ x }}", x=trust("<b>")) == "<b>"
    assert render("a.md", "{{ x }}", x=None) == ""
    assert render("a.md", "{{ x }}", x=12) == "12"


def test_a_missing_name_fails() -> None:
    """Nothing is ever silently empty."""
    for source in ("{{ x }}", "{{ y.z }}", "{% if x %}{% endif %}"):
        with pytest.raises(UndefinedError):
            render("a.md", source, y={})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ value('x') }}", []),
        ("{{ vale('x') }}", ["1:4 E511"]),
        ("a\n\n  {{ value(nme) }}", ["3:12 E511"]),
        ("{{ value(1)\n + nme }}", ["2:4 E511"]),
        ("{% for a in value() %}{{ a }}{{ loop.index }}{% endfor %}", []),
        ("{% set a = 1 %}{{ a }}", []),
        ("{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{{ m(1) }}", []),
        ("{% from 'pages/x.md.jinja' import a, b as c %}{{ a }}{{ c }}", []),
        ("{% import 'pages/x.md.jinja' as forms %}{{ forms.a }}", []),
        ("{% block a %}{{ super() }}{{ self.a() }}{% endblock %}", []),
        ('{% extends "pages/x.md.jinja" %}', []),
        ('\n{% extends "pages/y.md.jinja" %}', ["2:13 E512"]),
        ('{% include "nothing.html" %}', ["1:13 E512"]),
        ("{{ value( }}", ["1:1 E510"]),
        ("a\n{% if x %}", ["2:1 E510"]),
        ("{{ range(2) }}", []),
        ("{{ value | nofilter }}", ["1:12 E511"]),
        ("{{ value | length if value is odd }}", []),
        (
            "{% extends 'pages/x.md.jinja' %}\nLost.\n{% block b %}Kept.{% endblock %}",
            ["2:1 E513"],
        ),
        ("{% extends 'pages/x.md.jinja' %}\n{# why #}\n{% block b %}.{% endblock %}", []),
    ],
)
def test_what_is_wrong_with_a_template_has_its_place(source: str, expected: list[str]) -> None:
    """Unknown names, missing templates and broken expressions are found before rendering."""
    assert find(source, "value") == expected


@pytest.mark.parametrize(
    "source",
    [
        "{% if value %}" * 3000 + "a" + "{% endif %}" * 3000,
        "{% if value %}" * 90 + "a" + "{% endif %}" * 90,
        "{{ value" + ".a" * 5000 + " }}",
        "{{ 1" + " + 1" * 5000 + " }}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{{ " + "not " * 3000 + "value }}",
    ],
    ids=["ifs", "levels", "dots", "sums", "brackets", "nots"],
)
def test_what_is_nested_without_end_is_refused(source: str) -> None:
    """Libraries give up with errors of their own, at different depths."""
    environment = make_environment({"a.md": source})

    (problem,) = find_template_problems(environment, "a.md", source, ["value"])

    assert (problem.code, problem.remedy) == ("E510", "write it flatter")
    assert "nested too deeply" in problem.what


def test_what_python_itself_refuses_is_nested_too_deeply() -> None:
    """It takes no more than twenty loops within each other."""
    source = "{% for a in value %}" * 25 + "a" + "{% endfor %}" * 25
    environment = make_environment({"a.md": source})

    assert list(find_template_problems(environment, "a.md", source, ["value"])) == []
    with pytest.raises(TemplateSyntaxError, match="it is nested too deeply"):
        environment.get_template("a.md")


def test_what_is_let_go_is_made_again() -> None:
    """Templates that were used once are held no longer than they are needed; others stay."""
    environment = make_environment({"a.md": "{{ x }}", "b.md.jinja": "b"})
    words, form = (environment.get_template(name) for name in ("a.md", "b.md.jinja"))
    environment.forget_compiled(("a.",))
    environment.forget_trees()

    assert environment.get_template("b.md.jinja") is form
    assert environment.get_template("a.md") is not words
    assert environment.get_template("a.md").render(x=1) == words.render(x=1) == "1"


def test_nothing_compiled_of_words_is_held_once_they_are_composed() -> None:
    """A thousand pages would hold a hundred megabytes of it."""
    report = make_second_report()
    view = make_view(report, report.editions[0])
    composer = Composer(view, ENGLISH, read_templates(), lambda name, _: Place(name))
    composer.compose()
    held = [name for _, name in composer.environment.cache or {}]

    assert held
    assert all(name.endswith(".jinja") for name in held)
    assert composer.environment._trees == {}
