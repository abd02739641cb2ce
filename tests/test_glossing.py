"""Words of the glossary are marked once, in prose alone, and say what they mean beside it."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.glossing import Glosser, list_entries
from report.languages import Catalogue
from report.remembering import Memory
from report.terms import Term
from tests.examples import ENGLISH, make_second_report
from tests.test_pages import compose_once

TERMS = (
    Term(
        id="trade-intensity",
        title={"en": "trade intensity", "zh": "贸易强度"},
        definition={"en": "A share over <a> share", "zh": "份额之比"},
    ),
    Term(id="intensity", title={"en": "intensity"}, definition={"en": "How strong it is."}),
    Term(id="union", title={"en": "Union"}, forms=("EEU",), definition={"en": "A union."}),
    Term(id="yuan", title={"en": "yuan"}, definition={"en": "A currency."}, marked=False),
)


def mark(text: str, document: str = "ways/a.md", language: str = "en") -> str:
    """A document with its words marked, on a site with a glossary."""
    documents = {document: text, "glossary.md": "# Glossary\n"}
    return Glosser(TERMS, Catalogue(language)).mark_documents(documents)[document]


def list_marked(text: str) -> list[str]:
    """The words that are marked, as they stand in the text."""
    return re.findall(r"<button [^>]*>([^<]*)</button>", text)


def test_the_first_use_becomes_a_button_and_its_meaning_a_popover() -> None:
    """The button names the popover that it opens and is described by the meaning in it."""
    text = mark("# Title\n\nThe trade intensity rose; trade intensity fell.\n")

    button = (
        '<button type="button" class="term" popovertarget="term-trade-intensity"'
        ' aria-describedby="means-trade-intensity">trade intensity</button>'
    )
    assert f"The {button} rose; trade intensity fell.\n\n" in text
    assert text.count("<button") == 1
    note = text.partition('<div class="terms">')[2]
    assert '<div class="term-note" id="term-trade-intensity" popover>' in note
    assert '<span id="means-trade-intensity">' in note
    assert '<a href="../../glossary/#term-trade-intensity">Glossary</a>' in note
    assert "\n" not in note.strip()


@pytest.mark.parametrize(
    "text",
    [
        "## Trade intensity {: #x }",
        "[trade intensity](a.md) and [trade intensity][b]",
        'See <a href="../">the trade intensity of both</a>',
        '<div class="x">trade intensity</div>',
        '# Title\n\n\n<div class="x">trade intensity</div>',
        "| trade intensity | 1 |",
        "`trade intensity`",
        "**Trade intensity**\n{: .group }",
        '<svg class="x"><text>intensity</text></svg>',
        "    trade intensity as code",
        "subtrade intensityless, pre-intensity, intensity-wise, #intensity, /intensity/",
        "eeu and UNIOn and unionist",
        "The yuan is not marked.",
    ],
)
def test_no_word_is_marked_in_what_is_no_prose(text: str) -> None:
    """Headings, links, HTML, tables, code, parts of words, and what only helps search."""
    assert mark(f"{text}\n") == f"{text}\n"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Trade intensity begins a sentence.", ["Trade intensity"]),
        ("Intensities have a plural of another kind; intensity has not.", ["intensity"]),
        ("The EEU, a union.", ["EEU"]),
        ("The unions (EEU).", ["unions"]),
        ("First intensity, then trade intensity.", ["intensity", "trade intensity"]),
        ("- an item with **intensity** in it", ["intensity"]),
        ("It had trade intensity.\n{: .takeaway }", ["trade intensity"]),
    ],
)
def test_words_are_known_in_capitals_in_the_plural_and_by_their_forms(
    text: str, marked: list[str]
) -> None:
    """The longest spelling wins, and each term is marked once."""
    assert list_marked(mark(f"{text}\n")) == marked


def test_chinese_words_are_found_without_spaces_around_them() -> None:
    """And titles of other languages are not looked for where there is one in Chinese."""
    text = mark("其贸易强度上升，the trade volume.\n", language="zh")

    assert list_marked(text) == ["贸易强度"]
    assert "份额之比" in text


def test_a_meaning_cannot_make_markup() -> None:
    """Definitions are text of the data."""
    assert "A share over &#60;a&#62; share" in mark("trade intensity\n")


def test_a_site_without_the_page_leads_nowhere() -> None:
    """The page of the glossary is optional, and nothing is marked on it."""
    glosser = Glosser(TERMS, ENGLISH)

    assert "<a " not in glosser.mark_documents({"a.md": "intensity\n"})["a.md"]
    text = "# Glossary\n\nintensity\n"
    assert glosser.mark_documents({"glossary.md": text}) == {"glossary.md": text}
    assert Glosser((), ENGLISH).mark_documents({"a.md": "intensity\n"}) == {"a.md": "intensity\n"}


@given(st.lists(st.sampled_from(["intensity", "Union", "# x", "a\n\nb", "<i>", "&#46;", " "])))
def test_marking_changes_no_word_of_a_page(parts: list[str]) -> None:
    """Take buttons and meanings away, and the document is what it was."""
    text = " ".join(parts) + "\n"
    marked = mark(text)
    body = marked.partition('\n\n<div class="terms">')[0]

    assert re.sub(r"</?button[^>]*>", "", body).rstrip() == text.rstrip()
    assert len(list_marked(marked)) == marked.count('class="term-note"')


def test_the_page_lists_all_words_with_their_other_names() -> None:
    """In the order of a dictionary, each name marked with its language, sources linked."""
    entries = list(list_entries(make_second_report().glossary, ENGLISH))
    page = html.unescape(compose_once().markdown["glossary.md"])

    assert [term.id for term, _ in entries] == ["corridor", "lift", "lit"]
    assert entries[0][1] == [("走廊", "zh"), ("cycle highway", ""), ("greenway", "")]
    assert '<dt id="term-corridor">corridor</dt>' in page
    assert '<span lang="zh">走廊</span>, cycle highway, greenway' in page
    assert '<a href="../sources/#source-plan">Planning office</a>' in page


def test_a_remembered_text_is_not_searched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same text under the same name with the same glossary; any other is searched."""
    memory = Memory()
    documents = {"a.md": "# A\n\nTrade intensity of a balance.\n", "glossary.md": "# Glossary\n"}
    marked = Glosser(TERMS, ENGLISH).mark_documents(documents)
    assert Glosser(TERMS, ENGLISH).mark_documents(documents, memory) == marked
    searched: list[str] = []

    def search(_: Glosser, document: str, text: str, *, has_page: bool) -> str:
        searched.append(f"{document} {has_page}")
        return text

    monkeypatch.setattr(Glosser, "_mark", search)
    assert Glosser(TERMS, ENGLISH).mark_documents(documents, memory) == marked
    assert searched == []
    Glosser(TERMS[1:], ENGLISH).mark_documents(documents, memory)
    Glosser(TERMS, Catalogue("ru")).mark_documents(documents, memory)
    Glosser(TERMS, ENGLISH).mark_documents({"a.md": documents["a.md"]}, memory)
    Glosser(TERMS, ENGLISH).mark_documents({**documents, "a.md": "other"}, memory)
    assert searched == ["a.md True", "a.md True", "a.md False", "a.md True"]
