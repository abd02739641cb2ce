"""Escapes that no other test tries with any text: what goes in comes back, and nothing beside it.

Those of Markdown, HTML, JSON in scripts and CSV are tried in `test_text`, the typesetter's in
`test_book`, those of citations in `test_citations` and `test_cff`, twins' in `test_twins`.
"""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree as ET

import markdown  # type: ignore[import-untyped]
from hypothesis import example, given
from hypothesis import strategies as st

from report import text as escapes
from report.addresses import make_slug, name_book
from report.beginnings import _quote
from report.documents import parse_document
from report.phrases import code, escape
from report.searching import _write
from report.site import _hold_title
from report.vectors import escape_text
from tests.hostile.arsenal import ACTIVE, QUIET, STARTS

SEEN = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]))
ANY = st.one_of(SEEN, st.lists(st.sampled_from([*ACTIVE, *QUIET, *STARTS])).map(" ".join))


@given(ANY)
def test_words_of_a_drawing_stay_words(words: str) -> None:
    """Between tags and within an attribute."""
    safe = escape_text(words)
    root = ET.fromstring(f'<text x="{safe}">{safe}</text>')  # noqa: S314 - our own

    assert len(root) == 0
    assert list(root.attrib) == ["x"]
    assert (root.text or "") == words


@given(ANY)
def test_words_of_a_digest_stay_words(words: str) -> None:
    """As text, as code, and in a cell of a table; nobody is called by a name after an at sign."""
    shown = markdown.markdown(f"x{escape(words)}x\n\ny{code(words)}", extensions=["tables"])
    tags = set(re.findall(r"<(/?\w+)", re.sub("<!-- -->", "", shown)))

    assert tags <= {"p", "/p", "code", "/code"}
    assert not re.search(r"@\w", escape(words))
    assert "|" not in escape(words) + code(words)


@given(ANY)
def test_a_carried_text_is_read_back_from_yaml(words: str) -> None:
    """Titles of an edition, as the next one's file has them."""
    document = parse_document(f"title: {_quote(words)}\n", "d.yml")

    assert document.problems == []
    assert document.value == {"title": words}


@given(ANY, st.sampled_from(["2026", "2026-r1"]))
@example("../../etc/passwd", "2026")
@example("CON", "2026")
@example("\u212a\u0130\ufb03", "2026")
def test_a_title_names_a_file_that_every_system_takes(title: str, edition: str) -> None:
    """Small letters, digits and hyphens."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", make_slug(title))
    assert re.fullmatch(r"[a-z0-9-]+\.pdf", name_book(title, edition, "en"))


@given(ANY)
def test_a_text_of_the_search_makes_no_element(words: str) -> None:
    """Results are put into the page as HTML; quotation marks become those of print."""
    shown = _write(words)

    assert not set(shown) & set("<>\"'")
    assert html.unescape(shown) == words.replace("'", "\u2019").replace('"', "\u201d")


@given(ANY)
def test_the_renderer_is_told_no_title_but_plain_words(title: str) -> None:
    """Whatever a theme does with it."""
    held = _hold_title(title)

    assert not set(held) & set('<>&"`{}[]|\\#*_=') - set("_")
    assert held == title or re.fullmatch(r"held-title-[0-9a-f]{32}", held)


def test_the_escapes_are_those_that_are_tried() -> None:
    """Whoever adds one to the module that escapes tries it with any text."""
    found = {name for name in vars(escapes) if name.startswith(("escape_", "json_in", "guard_"))}

    assert found == {
        *("escape_markdown", "escape_html", "escape_typst", "json_in_script", "guard_formula")
    }
