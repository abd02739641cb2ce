"""Links that words write by hand lead somewhere, or are problems at the place where they stand."""

from __future__ import annotations

import pytest

from report.pointers import Map, check_pointers

SHOWN = {
    "index.md": "# Home\n",
    "events.md": '# Events\n\n## A day & more\n\n## Same\n\n## Same\n\n<p id="e-1">x</p>\n',
    "ways/index.md": "# Ways\n",
    "ways/a.md": "# A\n\n### T {: #figure-f }\n",
}
SITE = Map([*SHOWN, "broken.md"], SHOWN, {"assets/x.svg"})


def check(words: str, document: str = "ways/a.md") -> list[str]:
    """Problems of one document's words as `line:column code`."""
    found = check_pointers(SITE, document, "w.md", words)
    return [f"{p.place.line}:{p.place.column} {p.code}" for p in found]


@pytest.mark.parametrize(
    "words",
    [
        "[a](../events.md) [b](index.md) [c](../index.md) [d](a.md 'A title') [e](<a.md>)",
        "[a](../events.md#a-day-more) [b](../events.md#same_1) [c](../events.md#e-1)",
        "[a](#figure-f) [b](a.md#figure-f){: .x } [c](#a)",
        "[a](https://example.org/x_(y)?z#q) <https://a.b/> [m](mailto:a@b.c) <mailto:a@b.c>",
        "[a][r]\n\n[r]: ../events.md#same",
        "[a]({{ link_to }}) {{ '[x](nowhere.md)' }} {# [x](nowhere.md) #}",
        "`[x](nowhere.md)` and\n\n```\n[y](nowhere.md)\n```\n",
        '<a href="../../events/#same">x</a> <img src="../../assets/x.svg" alt="">',
        '<a href="../">ways</a> <a href="../../">home</a> <a href="#figure-f">f</a>',
        "[a](../broken.md#anything)",
        "a [b] (c) and {% if x %}[d]{% endif %}",
    ],
)
def test_links_that_lead_somewhere_are_left_alone(words: str) -> None:
    """Pages, headings as the renderer names them, figures, files, the web; and what is no link."""
    assert check(words) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("[a](evnts.md)", ["1:5 E541"]),
        ("x\n\n  [a](../evnts.md#same)", ["3:7 E541"]),
        ("[a](events.md)", ["1:5 E541"]),  # that would be ways/events.md
        ("[a](../../events.md)", ["1:5 E541"]),  # above the site
        ("[a](../events/)", ["1:5 E541"]),  # the renderer takes only documents
        ("[a](../assets/x.svg) ![b](x.svg)", ["1:5 E541", "1:27 E541"]),
        ("[a](/events.md)", ["1:5 E541"]),
        ("[a](../events.md#no)", ["1:5 E542"]),
        ("[a](#figure-g)", ["1:5 E542"]),
        ("[a][r]\n\n[r]: no.md", ["3:6 E541"]),
        ("[a](javascript:alert)", ["1:5 E540"]),
        ("[a](JAVA&#115;CRIPT:x)", ["1:5 E540"]),
        ("[a](data:text/html,x) <ftp://a.b/>", ["1:5 E540", "1:24 E540"]),
        ("[a](//example.org/)", ["1:5 E540"]),
        ('<a href="javascript:x">b</a>', ["1:10 E540"]),
        ('<a href="../events/">b</a>', ["1:10 E541"]),  # from ways/a/ that is ways/events/
        ('<a href="../../events">b</a>', ["1:10 E541"]),
        ("<img src='../../assets/y.svg'>", ["1:11 E541"]),
        ('<a href="../../events/#no">b</a>', ["1:10 E542"]),
        ("[![a](b.png)](no.md)", ["1:7 E541", "1:15 E541"]),
    ],
)
def test_links_that_lead_nowhere_are_found(words: str, expected: list[str]) -> None:
    """Each at the first character of where it leads."""
    assert check(words) == expected


def test_the_remedy_names_what_was_probably_meant() -> None:
    """Relative to the page on which the link stands."""
    (page,) = check_pointers(SITE, "ways/a.md", "w.md", "[a](../evnts.md)")
    (anchor,) = check_pointers(SITE, "ways/a.md", "w.md", "[a](../events.md#smae)")

    assert page.remedy == "did you mean '../events.md'?"
    assert anchor.remedy == "did you mean '#same'?"


def test_of_files_that_are_not_known_nothing_is_said() -> None:
    """Pages and anchors are judged all the same."""
    site = Map(list(SHOWN), SHOWN, None)
    words = '<img src="../../assets/y.svg"> [a](no.md)'

    assert [p.code for p in check_pointers(site, "ways/a.md", "w.md", words)] == ["E541"]
