"""The theme's list of pages: whole where it is short, else what lies near the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, Template

from tests.examples import PROJECT

_BASE = """
{%- for item in nav.items %}{{ item.title }}
{%- for one in item.children %} {{ one.title }}{% endfor %};{% endfor %} home {{ nav.homepage }}
"""


@dataclass
class Entry:
    """A page or a group of pages, as the renderer hands it to the theme."""

    title: str
    active: bool = False
    children: list[Entry] = field(default_factory=list)


@cache
def load() -> Template:
    """The theme's form of a page, on a base that only lists the navigation."""
    forms = FileSystemLoader(PROJECT / "templates" / "theme")
    loader = ChoiceLoader([DictLoader({"base.html": _BASE}), forms])
    return Environment(loader=loader, autoescape=True).get_template("main.html")


def show(pages: int, at: int | None) -> str:
    """What a page of a kind with so many pages lists; `at` is its place, 0 that of the overview."""
    children = [Entry(f"p{number}", number == at) for number in range(pages)]
    kind = Entry("Kind", at is not None, children)
    items = [Entry("Home"), Entry("Few", False, [Entry("a"), Entry("b")]), kind]
    nav: dict[str, Any] = {"homepage": "there"}
    text = load().render(nav=type("Nav", (), {**nav, "items": items}), config={"extra": {}})
    return " ".join(text.split())


def test_a_short_list_is_shown_whole_on_every_page() -> None:
    """A hundred with their overview."""
    every = " ".join(f"p{number}" for number in range(100))

    for at in (None, 0, 50, 99):
        assert show(100, at) == f"Home;Few a b;Kind {every}; home there"


@pytest.mark.parametrize(
    ("at", "listed"),
    [
        (None, "p0"),
        (0, "p0"),
        (1, "p0 p1 p2 p3 p4 p5 p6"),
        (3, "p0 p1 p2 p3 p4 p5 p6 p7 p8"),
        (50, "p0 p45 p46 p47 p48 p49 p50 p51 p52 p53 p54 p55"),
        (299, "p0 p294 p295 p296 p297 p298 p299"),
    ],
)
def test_of_a_long_list_a_page_names_the_overview_and_its_neighbours(
    at: int | None, listed: str
) -> None:
    """So that a site of n pages does not hold n times n links; other lists stay whole."""
    assert show(300, at) == f"Home;Few a b;Kind {listed}; home there"
