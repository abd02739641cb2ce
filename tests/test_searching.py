"""The search index names each thing once, at its address, with the names that readers may use."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

from report.model import Report
from report.pages import Composer
from report.problems import Place
from report.remembering import Memory
from report.searching import FIELDS, WEIGHTS, Finding, Names, write_index
from report.terms import Term
from report.views import make_view
from tests.examples import ENGLISH, make_second_report
from tests.test_pages import read_templates


def index(report: Report | None = None, memory: Memory | None = None) -> dict[str, Any]:
    """The index of the second report."""
    report = report or make_second_report()
    view = make_view(report, report.editions[0])
    composer = Composer(view, ENGLISH, read_templates(), lambda *_: Place("figure"))
    composer.compose()
    made: dict[str, Any] = json.loads(write_index(composer, memory))
    return made


@lru_cache
def list_entries() -> dict[str, dict[str, Any]]:
    """Entries of the second report's index by address."""
    return {entry["location"]: entry for entry in index()["docs"]}


def test_everything_with_a_name_has_its_own_entry() -> None:
    """Pages, figures, measures, events, claims, series, words of the glossary."""
    entries = list_entries()

    assert entries[""]["title"]
    assert entries["corridors/hill-corridor/#m-lift"]["title"] == "Open a lift"
    assert entries["corridors/hill-corridor/#m-lift"]["id"] == "m-lift"
    assert entries["events/#e-bridge"]["title"] == "Bridge opened"
    assert "30 September 2023" in entries["events/#e-bridge"]["text"]
    share = entries["standards/path-quality/#figure-quality-share"]
    assert re.match(r"Figure \d+\.\d+: ", share["title"])
    assert entries["glossary/#term-corridor"]["tags"] == [
        *("corridor", "走廊", "cycle highway", "greenway")
    ]
    assert any(location.startswith("data/#series-") for location in entries)
    assert any(location.startswith("claims/#claim-") for location in entries)


def test_an_address_comes_once_and_its_page_before_it() -> None:
    """The theme takes the first entry of a page for the page."""
    seen: set[str] = set()
    for entry in index()["docs"]:
        page, _, anchor = entry["location"].partition("#")
        assert entry["location"] not in seen
        assert not anchor or page in seen
        seen.add(entry["location"])


def test_other_names_come_along_wherever_the_word_stands() -> None:
    """So that a figure is found by a synonym of a word in its title."""
    tagged = [entry for entry in list_entries().values() if "greenway" in entry.get("tags", ())]

    assert len(tagged) > 1
    assert any("corridor" in entry["title"].casefold() for entry in tagged)


def test_names_are_words_of_their_own() -> None:
    """A short name is not found within another word; a plural is."""
    names = Names([Term(id="gas", title={"en": "gas", "zh": "气"}, definition={"en": "It burns."})])

    assert names.find(Finding("", "Gases", kind="event")) == ("气",)
    assert names.find(Finding("", "A gasket", kind="event")) == ()
    assert names.find(Finding("", "天然气", kind="event")) == ("gas",)


def test_series_and_sources_are_found_by_their_own_words_alone() -> None:
    """There are too many of them for names that are not their own."""
    kinds = {"data/#series-": 0, "sources/#letter-": 0, "corridors/": 0}
    for place, entry in list_entries().items():
        for start in kinds:
            if place.startswith(start):
                kinds[start] += 1
                assert start == "corridors/" or "tags" not in entry
    assert all(kinds.values())


def test_figures_and_pages_count_for_more_than_registers() -> None:
    """What a reader looks for is mostly explained on a page."""
    order = ["figure", "page", "event", "register", "series"]

    weights = [WEIGHTS[kind] for kind in order]
    assert weights == sorted(weights, reverse=True)
    assert FIELDS["title"] > FIELDS["tags"] > FIELDS["text"]


def test_nothing_in_the_index_can_become_markup() -> None:
    """The theme writes titles and texts into the page as they are."""
    report = make_second_report()
    evil = '<img src=x onerror="alert(1)">'
    events = tuple(
        event.model_copy(update={"title": {"en": evil}, "description": {"en": evil}})
        for event in report.events
    )
    made = index(replace(report, events=events))

    shown = [
        text
        for entry in made["docs"]
        for text in (entry["title"], *entry.get("tags", ()), *re.split(r"</?p>", entry["text"]))
    ]
    assert any("onerror" in text for text in shown)
    assert not any(set("<>\"'") & set(text) for text in shown)
    assert any("<img" in html.unescape(text) for text in shown)


def test_the_index_is_the_same_for_the_same_edition() -> None:
    """Byte for byte, whichever run wrote it."""
    assert index() == index()


def test_names_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A remembered entry keeps its names; with another glossary all are looked for."""
    memory, looked = Memory(), 0
    fresh = index()
    assert index(memory=memory) == fresh

    def look(*_: object) -> tuple[str, ...]:
        nonlocal looked
        looked += 1
        return ()

    monkeypatch.setattr(Names, "find", look)
    assert index(memory=memory) == fresh
    assert looked == 0
    report = make_second_report()
    index(replace(report, glossary=report.glossary[1:]), memory)
    assert looked > 10
