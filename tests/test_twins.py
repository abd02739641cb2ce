"""Pages become plain Markdown: nothing of the layout is left, and no word is lost or made up."""

from __future__ import annotations

import html
from dataclasses import replace

import markdown  # type: ignore[import-untyped]
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from report.guides import write_guides
from report.pages import Composer
from report.problems import Place
from report.remembering import Memory
from report.sheets import Documents
from report.text import escape_html, escape_markdown
from report.twins import escape_words, translate_document
from tests.examples import ENGLISH, make_second_view
from tests.test_pages import read_templates

LINE = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1
)
SIGNS = st.text("_*`[]()<>!&;#\\ltga ", min_size=1, max_size=30)
"""What means something to Markdown."""
LISTS = """\
<ul><li><span class="t__label">Trips</span> <span class="t__value">5</span>
<ul class="e"><li><a href="x">one</a></li> <li><a href="y">two</a></li></ul></li></ul>"""
TABLE = """\
<table><caption>Use</caption><thead><tr><th>Year</th><th>Trips</th></tr></thead>
<tbody><tr><th>2024 <span class="b__gist">counted</span></th><td>5 | 6</td></tr>
<tr><th>2025</th><td><span class="board__label">Trips</span> 7</td></tr></tbody></table>"""
ROWS = """\
**Use**

| Year | Trips |
| --- | --- |
| 2024 — counted | 5 \\| 6 |
| 2025 | 7 |"""
"""What forms make is on one line; here it is on several, to be read."""


def translate(text: str, document: str = "corridors/river.md") -> str:
    """A document without figures."""
    return translate_document(document, text, lambda name: f"[{name}]").strip()


def render(text: str) -> str:
    """What a reader of Markdown sees of it, as plain text."""
    shown = markdown.markdown(text, extensions=["tables"])
    return " ".join(html.unescape(strip(shown)).split())


def strip(shown: str) -> str:
    """HTML without its tags."""
    parts = shown.split("<")
    return parts[0] + "".join(part.partition(">")[2] for part in parts[1:])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("## Measures {: #measures }", "## Measures"),
        ("Trips rose by &#43;8&#46;3&#37;.\n{: .takeaway }", "Trips rose by +8.3%."),
        ('Read <a href="../x/">the &#91;plan&#93;</a>.', "Read [the \\[plan\\]](../x/)."),
        ('<a href="#p">Here</a> begins it.', "[Here](#p) begins it."),
        ("See [rules](../method.md#verdicts).", "See [rules](../../method/#verdicts)."),
        ('<div class="finding" markdown="1">\n\nIt rose.\n\n</div>', "It rose."),
        ("| a | b |\n|---|---|\n| 1 &#124; 2 | 3 |", "| a | b |\n|---|---|\n| 1 \\| 2 | 3 |"),
        ("<p class='x'>One<br>two</p>", "One — two"),
        ("<p>Seen</p> <p hidden>unseen</p>", "Seen"),
        ('<p>A <svg viewBox="0 0 1 1"><path d="M0 0"/><text>t</text></svg> B</p>', "A B"),
        ("<nav><ul><li>Jump</li></ul></nav><p>Words</p>", "Words"),
        ("<pre><code>a = b[0]</code></pre>", "```\na = b[0]\n```"),
        ("<p>2 * 3 &lt; 7 and 1. is</p>", "2 \\* 3 &lt; 7 and 1. is"),
        ("<p># 1</p>", "\\# 1"),
        ('<div data-figure="use"></div>', "[use]"),
        (
            '<ul><li><b>Trips</b> <code>t.x</code> <i class="x">2025</i></li></ul>',
            "- **Trips** `t.x` *2025*",
        ),
        (LISTS, "- Trips — 5 — [one](x); [two](y)"),
        (
            "<dl><dt>How many?</dt><dd>Five</dd><dt>When</dt><dd>Then</dd><dd>Later</dd></dl>",
            "- **How many?** Five\n- **When**: Then\n- **When**: Later",
        ),
        (TABLE, ROWS),
        (
            "<table><tr><th>River</th><td>open</td><td>long</td></tr></table>",
            "- **River**: open — long",
        ),
        (
            '<details class="fold"><summary>More</summary><p>Words</p></details>',
            "**More**\n\nWords",
        ),
        (
            '<ul><li><a href="x"><span class="i__part">here</span></a></li></ul>',
            "- [here](x)",
        ),
    ],
)
def test_layout_becomes_markdown(text: str, wanted: str) -> None:
    """Blocks, inline marks and parts that a page sets apart."""
    assert translate(text.replace("\n<", " <") if text in {LISTS, TABLE} else text) == wanted


@given(st.one_of(LINE, SIGNS))
@example("__a__ _b_ c__d")
@example("&lt;a&gt; &#60; &b; R&D")
def test_words_of_forms_are_read_as_they_were(words: str) -> None:
    """Whatever a data text holds, a reader of the Markdown sees it and nothing else."""
    shown = f"<p>before {escape_html(words)} after</p>"

    assert render(translate(shown)) == " ".join(f"before {words} after".split())


@given(st.one_of(LINE, SIGNS))
@example("__a__ _b_ c__d")
@example("&lt;a&gt; &#60; &b; R&D")
def test_words_within_prose_are_read_as_they_were(words: str) -> None:
    """The same of texts that expressions put into Markdown."""
    shown = f"before {escape_markdown(words)} after"

    assert render(translate(shown)) == " ".join(f"before {words} after".split())


@given(st.one_of(LINE, SIGNS))
@example("__a__")
def test_escaped_words_make_no_markup(words: str) -> None:
    """No emphasis, link, code or element."""
    shown = markdown.markdown(f"x{escape_words(words)}x")

    assert shown.count("<") == 2


@given(st.text(alphabet="<>/ abpuli=\"'&;#", max_size=60))
def test_broken_markup_is_no_reason_to_fail(text: str) -> None:
    """What a form gets wrong is told by other checks."""
    assert isinstance(translate(text), str)


def test_a_remembered_page_is_translated_again_where_anything_of_it_changed() -> None:
    """Its words, what is told of its figures, and where it lies; nothing else."""
    composer = Composer(make_second_view(), ENGLISH, read_templates(), lambda name, _: Place(name))
    documents, memory = composer.compose(), Memory()

    def write(changed: Documents, known: Memory | None) -> dict[str, bytes]:
        names = {name: composer.parts.citing.name(name) for name in changed.markdown}
        return write_guides(composer.view, changed, composer.parts.downloads, names, known)

    fresh = write(documents, None)
    assert write(documents, memory) == fresh
    name, figure = next(iter(documents.figures.items()))
    told = {**documents.figures, name: replace(figure, notes="Other notes.")}
    moved = {
        (f"{document}x.md" if at == 0 else document): text
        for at, (document, text) in enumerate(documents.markdown.items())
    }
    for changed in (
        replace(documents, figures=told),
        replace(documents, markdown={**documents.markdown, "index.md": "# Other\n"}),
        replace(documents, markdown=moved),
    ):
        assert write(changed, memory) == write(changed, None) != fresh


def test_a_remembered_page_is_not_translated_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are."""
    composer = Composer(make_second_view(), ENGLISH, read_templates(), lambda name, _: Place(name))
    documents, memory = composer.compose(), Memory()
    first = write_guides(composer.view, documents, composer.parts.downloads, {}, memory)

    def translate(*_: object) -> str:
        raise AssertionError

    monkeypatch.setattr("report.guides.translate_document", translate)
    again = write_guides(composer.view, documents, composer.parts.downloads, {}, memory)
    assert again == first
