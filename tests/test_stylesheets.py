"""One style sheet for each page: all rules, in their order, with pictures still found."""

from __future__ import annotations

import re

from report.stylesheets import join_styles

SHEETS = {
    "assets/stylesheets/main.css": '@charset "UTF-8";a{color:red}b{background:url("x.svg")}',
    "assets/fonts.css": "@font-face{src:url(fonts/y.woff2)}",
    "assets/own.css": "a{color:blue}c{background:url('data:image/svg+xml,z')}",
    "assets/all.css": '@import "own.css";',
}


def page(up: str, *names: str) -> str:
    """A page with these style sheets."""
    links = "".join(f'<link rel="stylesheet" href="{up}assets/{name}">\n' for name in names)
    return f"<html><head>\n<meta>\n{links}<title>T</title></head><body>assets/own.css</body></html>"


def test_a_page_gets_one_sheet_with_all_rules_in_order() -> None:
    """Addresses of pictures are those that hold beside the joined sheet; data stays data."""
    html = page("../", "stylesheets/main.css", "fonts.css", "own.css")
    joined, path, sheet = join_styles(html, "claims/", SHEETS.__getitem__)

    assert joined == page("../", path.removeprefix("assets/"))
    assert sheet == (
        'a{color:red}b{background:url("stylesheets/x.svg")}\n'
        "@font-face{src:url(fonts/y.woff2)}\n"
        "a{color:blue}c{background:url('data:image/svg+xml,z')}"
    )


def test_pages_of_all_depths_share_a_sheet_and_another_selection_has_its_own() -> None:
    """The name tells what it holds."""
    names = ("fonts.css", "own.css")
    _, deep, _ = join_styles(page("../../", *names), "kinds/one/", SHEETS.__getitem__)
    home, top, _ = join_styles(page("", *names), "", SHEETS.__getitem__)
    _, other, _ = join_styles(page("", *reversed(names)), "", SHEETS.__getitem__)

    assert deep == top != other
    assert f'href="{top}"' in home


def test_what_cannot_be_joined_stays() -> None:
    """One sheet alone, one that imports another, one that is not there, a page without a head."""
    pages = (page("", "own.css"), page("", "own.css", "all.css"), page("", "own.css", "no.css"))
    for html in (*pages, "<p>words</p>"):
        assert join_styles(html, "", SHEETS.get) == (html, "", "")


def test_letters_of_the_first_words_are_asked_for_at_once() -> None:
    """Plain and bold ones of the page's main script; others when a word needs them."""
    names = ("latin-400", "latin-600", "latin-700", "cyrillic-400")
    faces = "".join(f"@font-face{{src:url(fonts/noto-{name}-normal.woff2)}}" for name in names)
    sheets = {**SHEETS, "assets/faces.css": faces}
    html, _, _ = join_styles(page("../", "faces.css", "own.css"), "claims/", sheets.get)

    assert re.findall(r'rel="preload" href="([^"]*)" as="font"', html) == [
        "../assets/fonts/noto-latin-400-normal.woff2",
        "../assets/fonts/noto-latin-700-normal.woff2",
    ]
