"""Finished pages are read as a browser reads them, without what only a screen can use."""

from __future__ import annotations

import pytest

from report.articles import (
    find_place,
    list_places,
    list_targets,
    read_article,
    read_text,
    weigh_columns,
)


def page(article: str) -> str:
    """A page around an article."""
    return f"<html><body><nav>menu</nav><article>{article}</article></body></html>"


@pytest.mark.parametrize(
    ("address", "href", "place"),
    [
        ("", "pathways/x/#a", "pathways/x/#a"),
        ("", "#a", "#a"),
        ("pathways/x/", "../../events/#ev1", "events/#ev1"),
        ("pathways/x/", "../../", "#"),
        ("pathways/x/", "./#a", "pathways/x/#a"),
        ("pathways/x/", "../", "pathways/#"),
        ("claims/", "../feed.xml", "feed.xml#"),
    ],
)
def test_a_link_leads_where_a_browser_would_go(address: str, href: str, place: str) -> None:
    """Relative links are relative to the page's folder."""
    assert find_place(address, href) == place


def test_an_article_has_its_places_and_links() -> None:
    """Each id is a place; links to other hosts are none of the book's."""
    markup = '<h1 id="x">X</h1><p><a href="../y/#z">y</a> <a href="https://a.example/">out</a></p>'
    article = read_article("x.md", page(markup))

    assert list(list_places(article)) == ["x/#", "x/#x"]
    assert list(list_targets(article)) == ["y/#z"]


def test_what_is_for_screens_is_left_out() -> None:
    """Menus, forms and second drawings go; a word that opens its meaning stays a word."""
    markup = (
        '<p>On the <button class="term" popovertarget="t">border</button> it is.</p>'
        '<div class="terms"><div id="t" popover>A line</div></div>'
        '<fieldset class="vintages">as revised</fieldset><p class="screen-only">menu</p>'
        '<svg class="wide" viewBox="0 0 4 3"><path stroke="var(--fig-1,#1756a7)"/></svg>'
        '<svg class="narrow" viewBox="0 0 2 3"></svg><button>Ask</button>'
    )
    article = read_article("x.md", page(markup))

    assert read_text(article.root) == "On the border it is."
    assert len(article.drawings) == 1


def test_a_drawing_has_the_colours_of_light_pages() -> None:
    """No variable is left for a program that knows none; letters of SVG keep their case."""
    svg = '<svg class="wide" viewBox="0 0 4 3"><path fill="var(--fig-s6t,#fbfcf8)"/></svg>'
    article = read_article("x.md", page(svg))

    assert article.drawings[0].count('fill="#fbfcf8"') == 1
    assert "viewBox" in article.drawings[0]
    assert "var(" not in article.drawings[0]


def test_long_columns_share_what_short_ones_leave() -> None:
    """A column with at most sixteen letters is as wide as it needs, the others by their mean."""
    words = ["w" * 25, "w" * 100]
    rows = "".join(f"<tr><td>2016</td><td>{words[0]}</td><td>{words[1]}</td></tr>" for _ in "ab")
    article = read_article("x.md", page(f"<table>{rows}</table>"))

    # The square roots of 25 and of 100.
    assert weigh_columns([list(row) for row in article.root.iter("tr")]) == [
        "auto",
        "5.0fr",
        "10.0fr",
    ]
