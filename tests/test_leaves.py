"""A page that is as it was is neither read nor set again for its book, and nothing else is kept."""

from __future__ import annotations

import pytest

from report import leaves
from report.articles import Article, read_article
from report.book import Manuscript, make_book
from report.remembering import Memory
from tests.examples import ENGLISH, make_second_view
from tests.test_book import DATA, NAVIGATION, PAGES, TOPIC


def make(memory: Memory | None, **changes: str) -> Manuscript:
    """The book of a few pages, some of them changed by name (`/` as `_`)."""
    pages = {
        name: f"<article>{changes.get(name.replace('/', '_')[:-3], text)}</article>"
        for name, text in PAGES.items()
    }
    return make_book(make_second_view(), ENGLISH, NAVIGATION, pages, memory)


def pass_on(memory: Memory) -> Memory:
    """The memory that the next run begins with."""
    packed = memory.settle()
    assert packed is not None
    return Memory(packed)


@pytest.fixture(name="read")
def note_reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are read from here on."""
    read: list[str] = []

    def note(document: str, page: str) -> Article:
        read.append(document)
        return read_article(document, page)

    monkeypatch.setattr(leaves, "read_article", note)
    return read


def test_a_remembered_book_is_the_same_and_no_page_is_read(read: list[str]) -> None:
    """Its source, its drawings and its name."""
    memory = Memory()
    fresh = make(None)
    assert make(memory) == fresh

    read.clear()
    assert make(pass_on(memory)) == fresh
    assert read == []


def test_only_a_page_that_changed_is_read(read: list[str]) -> None:
    """Another word of one page changes nothing of others."""
    memory = Memory()
    make(memory)
    changed = TOPIC.replace("From 1 to 2.", "From 1 to 3.")

    read.clear()
    remembered = make(pass_on(memory), kinds_a=changed)
    assert read == ["kinds/a.md"]
    assert remembered == make(None, kinds_a=changed)


def test_a_place_that_is_gone_changes_what_leads_to_it() -> None:
    """A page that is as it was is set again: its link now leads out of the book."""
    memory = Memory()
    assert 'inside("kinds/a/#figure-one"' in make(memory).source
    gone = TOPIC.replace('id="figure-one"', 'id="figure-two"').replace("plate-one", "plate-two")

    remembered = make(pass_on(memory), kinds_a=gone)
    assert 'inside("kinds/a/#figure-one"' not in remembered.source
    assert remembered == make(None, kinds_a=gone)


def test_a_register_is_shortened_anew_where_others_name_more() -> None:
    """What it keeps hangs on the other pages' links."""
    memory = Memory()
    assert "Trips guessed" not in make(memory).source
    naming = TOPIC.replace("Counted by hand.", '<a href="../../data/#series-t">Guessed.</a>')

    remembered = make(pass_on(memory), kinds_a=naming)
    assert "Trips guessed" in remembered.source
    assert remembered == make(None, kinds_a=naming)


def test_what_was_remembered_of_an_older_page_goes() -> None:
    """Else each edit would leave a page behind."""
    memory = Memory()
    make(memory)
    packed = memory.settle()
    assert packed is not None

    memory = Memory(packed)
    make(memory, data=DATA.replace("counted", "told"))
    later = memory.settle(part=True)
    assert later is not None
    assert abs(len(later) - len(packed)) < 100
